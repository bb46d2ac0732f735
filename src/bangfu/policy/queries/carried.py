"""The packs that this version of the product carries."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from django.conf import settings

from bangfu.rules.api import Pack, PackInvalid, load_pack
from bangfu.rules.sources import HEAD_FILE


@cache
def _carried() -> tuple[Pack, ...]:
    folder = files("bangfu") / "packs"
    names = sorted(each.name for each in folder.iterdir() if (each / HEAD_FILE).is_file())
    found = []
    for name in names:
        try:
            found.append(load_pack(name))
        except PackInvalid:
            # Whoever proposes it by name is told why; the list of choices leaves it out.
            continue
    return tuple(found)


def list_carried() -> list[Pack]:
    """The product's packs that may come into force here: made-up ones in a demo home only."""
    return [pack for pack in _carried() if settings.BANGFU_DEMO or not pack.demo]
