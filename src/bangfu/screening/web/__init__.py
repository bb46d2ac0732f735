"""Pages of screening: runs, trying out parameters, and the verdicts on the household page."""
