"""The door to meetings: others import only this."""
