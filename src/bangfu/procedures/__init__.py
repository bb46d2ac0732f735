"""The one engine that runs every procedure table."""
