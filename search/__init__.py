"""From words to hits: the query language, the engines, ranking, highlighting and facets."""
