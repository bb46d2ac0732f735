"""All reads of the register; those that show people are scoped by the actor and audited."""
