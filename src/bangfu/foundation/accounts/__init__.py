"""People who sign in: their names, passwords and whether they are active.

Owns the person and signing in. Never knows rights: those come from postings, in access.
"""
