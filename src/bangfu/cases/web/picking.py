"""What a form of a list sends: the ids picked, and where to go back to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest


def ids_of(texts: Iterable[str]) -> list[UUID]:
    """The ids among the texts, each once; what is no id is left out."""
    found: dict[UUID, None] = {}
    for each in texts:
        try:
            found[UUID(each)] = None
        except ValueError:
            continue
    return list(found)


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The list as it was, when the form says where; only our own addresses."""
    asked = request.POST.get("back", "") or request.GET.get("back", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if asked.startswith("/") and ours else otherwise
