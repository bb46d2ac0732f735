"""The Django side of packs: publish, version, which one holds on a day."""
