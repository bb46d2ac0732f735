"""Who did and read what, in rows that cannot be altered unseen."""
