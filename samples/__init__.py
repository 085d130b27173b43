"""A small invented library that shows everything. No person, place, company or agency in it exists."""
