"""Writing and fetching many rows set by set, alike on SQLite and PostgreSQL.

Owns the statements that differ between the two databases and the table that says how. Never opens
a transaction, checks a right or writes the audit: the service that calls it does.
"""
