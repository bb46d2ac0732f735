"""Clues, and what people decide about them.

Owns clues: which household may be at risk of what, who is to check it, what came of it. How a clue
goes on its way is the procedure table's to say (`packs/*/procedures/clue.yaml`). Announces
`cases.clue_verified` and `cases.clue_dismissed`. A finding opens a clue; a named person decides.
"""
