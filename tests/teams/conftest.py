"""The tests of people and postings live in the register's few places, on 2026-11-20."""

from __future__ import annotations

from registry.conftest import places

__all__ = ["places"]
