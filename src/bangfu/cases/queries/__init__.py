"""Reads: clues as rows, facets and details, work by due day, who may check."""
