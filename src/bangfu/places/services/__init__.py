"""Writing tags, records and sheets."""
