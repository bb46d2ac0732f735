"""One search over everything the reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import open_to_signed_in
from bangfu.foundation.ui.api import found_by

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest

_LONGEST: Final = 64


@open_to_signed_in
@require_safe
def search(request: ActingRequest) -> HttpResponse:
    """What the features find for the words, each within the reader's scope."""
    words = request.GET.get("q", "").strip()[:_LONGEST]
    groups = found_by(request, words, request.actor.holds) if words else []
    total = sum(group.found.total for group in groups)
    context = {"words": words, "groups": groups, "total": total}
    return render(request, "shell/search.html", context)
