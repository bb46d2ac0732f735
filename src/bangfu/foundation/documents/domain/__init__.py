"""Codes of papers, and what characters a font draws: pure."""
