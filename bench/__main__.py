"""Settle in an empty home on the database asked for, then run one benchmark."""

from __future__ import annotations

import argparse
from importlib import import_module

from bench.place import machine, settle

NAMES = ("desk", "importing", "judging", "moving", "papers", "searching")


def main() -> None:
    """Read the command line; the benchmark's modules are read once Django is awake."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--households", type=int)
    parser.add_argument("--postgresql", action="store_true")
    asked = parser.parse_args()
    before = machine()
    postgresql = asked.postgresql or asked.name in {"desk", "searching"}
    home = settle(postgresql=postgresql)
    module = import_module(f"bench.{asked.name}")
    households = asked.households or module.HOUSEHOLDS
    module.run(home, households, before)


if __name__ == "__main__":
    main()
