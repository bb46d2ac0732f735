"""The door to portal: others import only this."""
