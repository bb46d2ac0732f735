"""Pages that read too much, each in its own way, beside the product's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count
from django.db.models.functions import Substr
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

from bangfu.config import urls as product
from bangfu.foundation.access.api import open_to_signed_in, requires
from bangfu.registry.models import Household, IncomeStatement, Member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http.response import HttpResponseBase

    from bangfu.foundation.access.api import ActingRequest

handler404 = product.handler404
handler403 = product.handler403


def _raw() -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_household")
        return list(cursor.fetchall())


_homes = Household.objects
READINGS: dict[str, Callable[[], Iterable[object]]] = {
    "instances": _homes.all,
    "one": lambda: [_homes.order_by("-village_code").first()],
    "only": lambda: _homes.only("head_name"),
    "iterator": lambda: _homes.iterator(chunk_size=2),
    "values": lambda: _homes.values("id", "head_name"),
    "values_by_village": lambda: _homes.values("village_code", "size"),
    "values_list": lambda: _homes.values_list("household_number", flat=True),
    "values_by_key": lambda: _homes.values_list("household_key", named=True),
    "values_without_key": lambda: _homes.values_list("head_name"),
    "counts_by_village": lambda: _homes.values("village_code").annotate(n=Count("id")),
    "counts_by_county": lambda: (
        _homes.annotate(place=Substr("village_code", 1, 6))
        .values_list("place")
        .annotate(Count("id"))
    ),
    "members": Member.objects.all,
    "members_values": lambda: Member.objects.values_list("household_id", "name"),
    "members_joined": lambda: Member.objects.select_related("household"),
    "incomes": lambda: IncomeStatement.objects.values("id", "wage_income"),
    "prefetched": lambda: _homes.filter(village_code="511921103201").union(_homes.all()),
    "raw": lambda: _homes.raw("SELECT * FROM registry_household"),
    "cursor": _raw,
}


@requires("registry.read")
def leak(request: ActingRequest, way: str) -> HttpResponse:
    return HttpResponse(str(len(list(READINGS[way]()))))


@requires("registry.read")
def is_taken(request: ActingRequest, number: str) -> HttpResponse:
    """Asks whether a number is taken, and reads nothing else."""
    asked = _homes.filter(household_number__in=[number]).exclude(village_code="")
    return HttpResponse(",".join(asked.values_list("household_number", flat=True)))


@requires("registry.read")
def whose(request: ActingRequest, number: str) -> HttpResponse:
    """Asks whose a number is."""
    asked = _homes.filter(household_number__in=[number])
    return HttpResponse(str(list(asked.values_list("household_number", "head_name"))))


@requires("registry.read")
def scoped(request: ActingRequest) -> HttpResponse:
    inside = request.actor.scope("registry.read").q("village_code")
    found = _homes.filter(inside)
    people = Member.objects.filter(household__in=found).values_list("household_id", "name")
    return HttpResponse(f"{len(found)} {len(people)}")


@requires("cases.verify")
def other_right(request: ActingRequest) -> HttpResponse:
    """In scope for reading, but the page's own capability reaches nothing there."""
    return HttpResponse(str(len(_homes.filter(village_code="511921103201"))))


@open_to_signed_in
def everybody(request: ActingRequest) -> HttpResponse:
    return HttpResponse(str(len(_homes.filter(village_code="511921103201"))))


@requires("registry.read")
def streamed(request: ActingRequest) -> HttpResponseBase:
    return StreamingHttpResponse(each.head_name for each in _homes.all())


urlpatterns = [
    path("leak/<way>/", leak, name="leak"),
    path("is-taken/<number>/", is_taken, name="is_taken"),
    path("whose/<number>/", whose, name="whose"),
    path("scoped/", scoped, name="scoped"),
    path("other-right/", other_right, name="other_right"),
    path("everybody/", everybody, name="everybody"),
    path("streamed/", streamed, name="streamed"),
    *product.urlpatterns,
]
