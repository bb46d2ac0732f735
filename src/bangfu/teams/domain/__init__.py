"""What postings, pairings and cells are and obey, without a database."""
