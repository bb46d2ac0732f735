"""The door to documents: others import only this."""
