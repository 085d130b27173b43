"""The font of the PDF samples, and how it was cut."""
