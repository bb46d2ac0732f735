"""All writes to the register: one transaction, one permission check, one audit record each."""
