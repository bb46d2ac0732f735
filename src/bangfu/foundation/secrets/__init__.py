"""Encryption with key ids, and keyed hashes to find what is encrypted."""
