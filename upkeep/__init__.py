"""What keeps a library whole and fresh."""
