"""Outcomes, digests, comparisons and evidence as values. No Django, no clock, no files."""
