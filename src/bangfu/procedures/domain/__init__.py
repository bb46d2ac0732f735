"""Procedures as values: tables, refusals, deadlines, diagrams. No Django, no clock, no files."""
