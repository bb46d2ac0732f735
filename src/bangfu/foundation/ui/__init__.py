"""How it looks: components, the page frame, words of problems, and open places in pages."""
