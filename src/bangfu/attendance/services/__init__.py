"""The writes: presence, leaves, months that are over, recalls."""
