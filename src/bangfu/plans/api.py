"""The door to plans: others import only this."""
