"""The running clock: the machine's, or one that a test or a replay puts in its place."""
