"""Reading lists, rows and reports, always in the scope of who asks."""
