"""The Django side of packs: who published which version, and which one holds on a day.

Owns `PackVersion`. Keeps the whole content of every version, so that old law stays computable
when the product's files have moved on. Never judges anybody: that is `bangfu.rules`.
"""
