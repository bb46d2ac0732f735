"""Home, sign-in, search, error pages, health."""
