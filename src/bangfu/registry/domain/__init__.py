"""What a household is and what may be wrong with one: values in, values out."""
