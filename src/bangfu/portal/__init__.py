"""The public's pages: what people may see and say without an account."""
