"""The pages of policy."""
