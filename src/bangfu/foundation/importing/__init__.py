"""The import kit: hostile workbooks in, marked workbooks out."""
