"""Workbooks going out: templates, uploads given back with their problems marked, lists."""
