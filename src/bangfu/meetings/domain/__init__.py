"""When a meeting may decide and what it decided: pure, without database, clock or framework."""
