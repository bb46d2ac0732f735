"""Uploaded and made files, encrypted under their hashes."""
