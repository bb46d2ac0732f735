"""Snapshots judged by rules: runs and findings."""
