"""What a form of a list sends, and what becomes of it: ids picked, the way back, reasons."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.http import url_has_allowed_host_and_scheme

from bangfu.foundation.ui.wording import sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest

    from bangfu.kernel.problems import Problem

__all__ = ["ids_of", "reasons_of", "way_back"]


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


def reasons_of(refused: Mapping[Any, tuple[Problem, ...]]) -> Counter[str]:
    """How many were refused for each reason, in words; the reason met first stands first."""
    counts: Counter[str] = Counter()
    for problems in refused.values():
        counts[" ".join(sentence_of(each)[0] for each in problems)] += 1
    return counts
