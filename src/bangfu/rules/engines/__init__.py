"""Engines that judge households by a pack: the reference, and the embedded one for many."""
