"""Snapshots judged by rules: runs and findings.

Owns snapshots, runs, counts and findings. Announces `screening.findings_found`. A rule only
proposes: nothing here opens a case or changes the register.
"""
