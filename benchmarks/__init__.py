"""Measurements of the program on the user's machine and on the user's data. See README.md."""
