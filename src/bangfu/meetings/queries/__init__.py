"""Reading meetings: scoped by the actor, and audited where households are named."""
