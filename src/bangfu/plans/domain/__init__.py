"""Pure: the catalogue of measures, what is proposed, what counts as answered, what it brought."""
