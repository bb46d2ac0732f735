"""What an audit row may hold, without framework."""
