"""The writes: what is counted, and enquiries."""
