"""The writes: plans are drafted, measures written, decided about and carried out."""
