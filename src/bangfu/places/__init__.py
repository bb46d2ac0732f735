"""Places beside their codes: area tags, village records, the tree of divisions, the village page.

Owns which places a published list names and since when, and what a village's yearly record says.
Never makes up the members of a list, and never holds a person: counts of households come from the
register, everything else on a village's page from the rooms that know it.
"""
