"""Checking, committing, withdrawing lists; matching single rows."""
