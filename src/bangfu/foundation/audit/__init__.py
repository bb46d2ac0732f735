"""Who did and read what, in rows that cannot be altered unseen.

Owns the audit rows, the sealer that puts them into chained batches, the checkpoints outside the
database, and the verifier that needs nothing but Python. A row is written in the transaction of
the read or write it tells of. It never holds a personal value, and never takes a shared lock.
It lies below access: whoever acts is a `Acting`, and `audit.read` is declared by access.
"""
