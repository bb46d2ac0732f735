"""Grants, reach, roles and capabilities, without framework."""
