"""How bytes are sealed in pieces."""
