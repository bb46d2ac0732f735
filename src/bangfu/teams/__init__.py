"""People and postings: organisations, duties at places, helpers of households, the grid.

Owns who stands where for which days, who helps whom, and the cells of the three nets. A period is
half-open, from a day up to another; what ended stays. It announces `teams.changed {divisions}` when
postings, pairings or cells change. It never writes to the register and never grants a right: rights
come from postings of `access`, and who serves in a village need not be a user.
"""
