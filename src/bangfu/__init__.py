"""Bangfu (帮扶): keeps a province's rural households from falling back into poverty."""

__version__ = "0.1.0"
