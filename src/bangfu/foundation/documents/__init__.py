"""Papers as PDF: rendered, issued with a code, checked by it."""
