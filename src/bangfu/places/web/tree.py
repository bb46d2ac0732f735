"""The tree of divisions: households, people, monitored households and clues, level by level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.importing.api import ColumnKind, TableColumn, write_table
from bangfu.foundation.pages.api import workbook_answer
from bangfu.kernel.division import Level
from bangfu.places.permissions import MANAGE, READ
from bangfu.places.queries.tree import get_floor, place_of
from bangfu.registry.api import By, actor_sees, division_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.places.queries.tree import Floor
    from bangfu.registry.api import Tally


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is drawn: figures in words, and where it leads."""

    name: str
    figures: tuple[str, ...]
    url: str = ""
    branch_url: str = ""


def asked_by(request: HttpRequest) -> By:
    """Whether places of registration or of living are counted."""
    return By.LIVING if request.GET.get("by") == By.LIVING.value else By.REGISTERED


def url_of_place(code: str) -> str:
    """The page of a division: a village's own, or its part of the tree."""
    if not code:
        return reverse("places:tree")
    page = "places:village" if len(code) == Level.VILLAGE else "places:branch"
    return reverse(page, args=[code])


@requires(READ)
@require_safe
def show_tree(request: ActingRequest, code: str = "") -> HttpResponse:
    """The divisions right below one; as a part of the page, only their lines; as a workbook."""
    actor = request.actor
    floor = get_floor(actor, place_of(actor, code), asked_by(request))
    lines = list(_lines(floor))
    if "HX-Request" in request.headers:
        return render(request, "places/branches.html", {"lines": lines})
    if request.GET.get("export") == "xlsx":
        return _workbook(floor)
    above = [each for each in floor.place.ancestors() if each and actor_sees(actor, each)]
    context = {
        "floor": floor,
        "lines": lines,
        "apart": list(_apart(floor)),
        "sum": Line(_("合计"), _figures(floor, floor.total, floor.sums)),
        "above": [(_with_by(url_of_place(each), floor.by), division_name(each)) for each in above],
        "may_manage": actor.holds(MANAGE),
    }
    return render(request, "places/tree.html", context)


def _lines(floor: Floor) -> Iterator[Line]:
    for each in floor.branches:
        url = _with_by(url_of_place(each.code), floor.by)
        figures = _figures(floor, each.tally, each.others)
        yield Line(each.name, figures, url, "" if each.is_village else url)


def _with_by(url: str, by: By) -> str:
    return url if by is By.REGISTERED else f"{url}?by={by.value}"


def _figures(floor: Floor, tally: Tally, others: tuple[int, ...]) -> tuple[str, ...]:
    counted = zip(floor.counts, others, strict=True) if others else ()
    return (*_people(tally), *(count.say(number) for count, number in counted))


def _people(tally: Tally) -> tuple[str, ...]:
    return (
        _("%(n)s 户") % {"n": f"{tally.households:,}"},
        ngettext("%(n)s 人", "%(n)s 人", tally.members) % {"n": f"{tally.members:,}"},
        _("监测 %(n)s 户") % {"n": f"{tally.monitored:,}"},
    )


def _apart(floor: Floor) -> Iterator[Line]:
    """Who is counted in no place below: said, never dropped."""
    if floor.coarse.households:
        yield Line(_("住在这里，没有细到下一级"), _people(floor.coarse))
    if floor.unknown.households:
        yield Line(_("登记在这里，不知道住在哪里"), _people(floor.unknown))
    if floor.elsewhere.households:
        yield Line(_("登记在这里，住在别处"), _people(floor.elsewhere))


def _workbook(floor: Floor) -> HttpResponse:
    whole = ColumnKind.WHOLE
    heads = [_("区划代码"), _("名称"), _("户数"), _("人数"), _("监测户数")]
    names = [str(each.words) % {"n": ""} for each in floor.counts]
    columns = [TableColumn(head, ColumnKind.TEXT) for head in heads[:2]]
    columns += [TableColumn(head.strip(" :"), whole) for head in (*heads[2:], *names)]
    rows: list[list[Any]] = [
        [each.code, each.name, *_numbers(each.tally), *each.others] for each in floor.branches
    ]
    by = _("按居住地") if floor.by is By.LIVING else _("按登记地")
    return workbook_answer(floor.name, write_table(floor.name, columns, rows, [(_("口径"), by)]))


def _numbers(tally: Tally) -> tuple[int, int, int]:
    return tally.households, tally.members, tally.monitored
