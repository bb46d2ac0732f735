"""Pure: kinds and items, what a sheet would change, counts against published ones, exits."""
