"""The writes: meetings are called, held, voted at and closed."""
