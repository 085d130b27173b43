"""A list of names checked against everything the library holds."""
