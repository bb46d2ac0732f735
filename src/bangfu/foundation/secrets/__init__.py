"""Encryption of single values, and keyed hashes to find them by.

Owns the key ring in `settings.BANGFU_KEYS`: keys with ids for AES-256-GCM and one key apart for
fingerprints. A sealed value is bound to its table, column and row: moved elsewhere it does not
open. Never decides who may read a value, and never logs one.
"""
