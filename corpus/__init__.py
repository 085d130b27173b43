"""What is a document? Files become documents with one canonical text, and the store keeps them."""
