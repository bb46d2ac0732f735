"""The gallery: every component in every state, for those who build pages and for the tests."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import open_to_all
from bangfu.shell.examples import GalleryForm, example_context, example_job

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def _only_where_nothing_is_real(
    view: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """There is no gallery in production."""

    @wraps(view)
    def show(request: HttpRequest) -> HttpResponse:
        if not (settings.DEBUG or settings.BANGFU_DEMO):
            raise Http404
        return view(request)

    return show


@open_to_all
@require_safe
@_only_where_nothing_is_real
def show_gallery(request: HttpRequest) -> HttpResponse:
    """All components on one page."""
    form = GalleryForm({"paid": "1.2万", "reason": "", "kind": "illness"})
    form.is_valid()
    return render(request, "shell/gallery.html", {"form": form, **example_context(request.GET)})


@open_to_all
@require_safe
@_only_where_nothing_is_real
def show_progress(request: HttpRequest) -> HttpResponse:
    """What a running job's address answers."""
    return render(request, "shell/gallery_progress.html", {"job": example_job()})
