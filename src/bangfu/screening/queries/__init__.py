"""Reads: snapshot files, the households behind their keys, runs, findings, explanations."""
