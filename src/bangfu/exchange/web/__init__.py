"""The pages of departments' lists."""
