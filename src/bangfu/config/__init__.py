"""Settings, addresses, server entry points and the `bangfu` command. Imported by nobody."""
