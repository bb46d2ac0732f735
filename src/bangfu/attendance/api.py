"""The door to attendance: others import only this."""
