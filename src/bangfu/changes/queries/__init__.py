"""Reading change requests: scoped by the actor, and audited where people are named."""
