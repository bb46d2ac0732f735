"""Divisions, households, members and their history: the pattern feature."""
