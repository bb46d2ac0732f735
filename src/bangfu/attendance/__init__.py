"""Whether resident officials are where they are posted."""
