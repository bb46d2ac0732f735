"""Pages of cases: the clue desk, one clue, and what other pages show of clues."""
