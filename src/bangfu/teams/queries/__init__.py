"""Reading people and postings: always inside the actor's scope."""
