"""Village meetings: agenda, attendance, votes, minutes."""
