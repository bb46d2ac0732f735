"""The pages of people and postings."""
