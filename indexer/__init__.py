"""From document to index entry: analysis, the plan of what must be done, and the doing of it."""
