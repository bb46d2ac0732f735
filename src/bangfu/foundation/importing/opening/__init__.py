"""Opening hostile files: runs in the limited child process, knows no framework."""
