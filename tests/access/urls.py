"""Pages behind each kind of door, beside the product's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views import View

from bangfu.config import urls as product
from bangfu.foundation.access.api import open_to_all, open_to_signed_in, requires
from bangfu.foundation.audit.api import Kind, record

if TYPE_CHECKING:
    from bangfu.foundation.access.api import ActingRequest

handler404 = product.handler404


@requires("registry.read")
def read(request: ActingRequest) -> HttpResponse:
    actor = request.actor
    return HttpResponse(f"{actor.name} {actor.title} {actor.purpose} {actor.posting_id}")


@requires("registry.read")
def read_one(request: ActingRequest, number: int) -> HttpResponse:
    return HttpResponse(f"{number}")


@open_to_all
def everybody(request: ActingRequest) -> HttpResponse:
    return HttpResponse(request.actor.name)


@open_to_all
def nobody_asked(request: ActingRequest) -> HttpResponse:
    return HttpResponse("x")


@open_to_signed_in
def somebody(request: ActingRequest) -> HttpResponse:
    return HttpResponse(request.actor.name)


@requires("registry.read")
@transaction.atomic
def change(request: ActingRequest, capability: str, division: str) -> HttpResponse:
    """A service that writes and then finds out that it may not."""
    record(actor=request.actor, action="trial.changed", kind=Kind.CHANGED)
    request.actor.check(capability, division)
    return HttpResponse("changed")


@requires("registry.read")
def absent(request: ActingRequest) -> HttpResponse:
    raise Http404


@requires("registry.read")
def broken(request: ActingRequest) -> HttpResponse:
    raise LookupError


class Listing(View):
    def get(self, request: ActingRequest) -> HttpResponse:
        return HttpResponse(f"list of {request.actor.name}")


@method_decorator(requires("cases.read"), name="dispatch")
class Decorated(Listing):
    pass


urlpatterns = [
    path("t/read/", read, name="trial_read"),
    path("t/read/<int:number>/", read_one),
    path("t/everybody/", everybody),
    path("t/nobody-asked/", nobody_asked),
    path("t/somebody/", somebody),
    path("t/change/<capability>/<division>/", change, name="trial_change"),
    path("t/absent/", absent),
    path("t/broken/", broken),
    path("t/listing/", requires("registry.read")(Listing.as_view())),
    path("t/decorated/", Decorated.as_view()),
    *product.urlpatterns,
]
