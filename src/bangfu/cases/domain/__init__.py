"""Due days in groups. No Django, no clock, no I/O."""
