"""Finding households by what somebody typed: each way by an index of its own.

One condition with all ways in it would read the whole register; asked one by one, each way ends
after some rows, and the results are few enough to be put in order here.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from bangfu.registry.models import Household, Member
from bangfu.registry.queries.leaves import fingerprint_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db.models import QuerySet

_NAMESAKES: Final = 5
"""Members looked at for each household wanted: several may be of one household."""


def find_typed(inside: QuerySet[Household], typed: str, limit: int) -> list[Household]:
    """At most `limit` households among `inside`; those on the rolls first, then by name."""
    found: dict[UUID, Household] = {}
    for condition in _exact_ways(typed):
        # Without an order: with one, the database walks the names until it meets the number.
        found |= {row.pk: row for row in inside.filter(condition)[:limit]}
    for active in (True, False):
        among = inside.filter(active=active)
        for condition in _name_ways(among, typed, limit):
            rows = among.filter(condition).order_by("head_sort_key", "household_number")
            found |= {row.pk: row for row in rows[:limit]}
        if len(found) >= limit:
            break
    return sorted(found.values(), key=_order)[:limit]


def matching(typed: str) -> Q:
    """The same ways as one condition, for lists that are already narrowed to a place."""
    ways = [*_exact_ways(typed)]
    if _may_be_name(typed):
        named = Member.objects.filter(name__startswith=typed, active=True)
        ways += [Q(head_name__startswith=typed), Q(id__in=named.values("household_id"))]
    return reduce(or_, ways, Q(pk__in=()))


def _order(row: Household) -> tuple[bool, str, str]:
    return not row.active, row.head_sort_key, row.household_number


def _may_be_name(typed: str) -> bool:
    return not any(each.isdigit() for each in typed)


def _exact_ways(typed: str) -> Iterator[Q]:
    """Numbers hold no Chinese: what cannot match is not asked."""
    if typed.isascii():
        yield Q(household_number=typed)
        yield Q(phone_fingerprint=fingerprint_of("phone", typed))
        known = Member.objects.filter(id_number_fingerprint=fingerprint_of("id_number", typed))
        yield Q(pk__in=list(known.values_list("household_id", flat=True)))


def _name_ways(among: QuerySet[Household], typed: str, limit: int) -> Iterator[Q]:
    """A head's name, and members' names, which hold no digits."""
    if _may_be_name(typed):
        yield Q(head_name__startswith=typed)
        named = Member.objects.filter(name__startswith=typed, active=True, household__in=among)
        namesakes = named.order_by("sort_key", "person_number")[: limit * _NAMESAKES]
        yield Q(pk__in=list(namesakes.values_list("household_id", flat=True)))
