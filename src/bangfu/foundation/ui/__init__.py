"""How it looks: tokens, components, the page frame, the words of problems, and open places in pages."""
