"""Reading plans and measures: scoped by the actor, and audited where people are named."""
