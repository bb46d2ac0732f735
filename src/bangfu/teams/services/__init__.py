"""Writing people and postings."""
