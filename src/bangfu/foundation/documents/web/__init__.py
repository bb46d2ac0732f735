"""The check page, open to all."""
