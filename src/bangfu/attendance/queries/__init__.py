"""Reading resident duty: scoped by the actor, and audited where people are named."""
