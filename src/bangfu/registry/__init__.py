"""Divisions, households, members and their history: the pattern feature.

Owns the one register of every household: administrative divisions with validity and successors,
households with members and yearly incomes, an append-only history with two times, and the import
of the registration workbook. Announces `registry.batch_committed` and `registry.batch_reversed`.
Never judges a household, never deletes one, and never shows a secret whole without a reason.
"""
