"""Departments' lists: what other offices know of households, matched to the register.

Owns the feeds (mapping files), the lists with their rows, and the reports that came of them.
Announces `exchange.list_committed`, `exchange.list_withdrawn`, `exchange.rows_unmatched` and
`exchange.row_matched`. Never changes the register, and never guesses whom a row means.
"""
