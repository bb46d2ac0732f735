"""What a list says: mapping files, rows and whom they mean. Pure."""
