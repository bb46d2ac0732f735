"""Made-up people: the generator, its truth file and the demo's story. Imports nothing of a pack."""
