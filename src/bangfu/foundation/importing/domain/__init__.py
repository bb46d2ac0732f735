"""What a cell means: pure reading of raw cells, columns and sheets."""
