"""Plans and measures: one household, one policy."""
