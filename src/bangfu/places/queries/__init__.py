"""Reading tags, records and sheets."""
