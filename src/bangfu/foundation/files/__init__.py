"""Uploaded and made files, sealed piece by piece in the home."""
