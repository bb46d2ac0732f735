"""Clues, and what people decide about them."""
