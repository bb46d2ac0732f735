"""One village: its record by year, households, tags, and what other rooms know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.ui.api import reader_language
from bangfu.foundation.ui.panels import panels_for
from bangfu.kernel.division import Level
from bangfu.places.permissions import MANAGE, READ
from bangfu.places.queries.records import history_of, records_of
from bangfu.places.queries.tags import tags_of
from bangfu.places.queries.villages import count_village, get_village
from bangfu.places.web import village_page
from bangfu.places.web.tree import url_of_place
from bangfu.registry.api import actor_sees, division_name

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.places.queries.tags import HeldTag
    from bangfu.places.queries.villages import Village


@requires(READ)
@require_safe
def show_village(request: ActingRequest, code: str) -> HttpResponse:
    """The village's page; one that was merged shows what took its place."""
    actor = request.actor
    village = get_village(actor, code)
    figures = count_village(actor, code)
    panels = panels_for("village", request, village)
    context = {
        "village": village,
        "title": village_page.title_of(village, figures),
        "figures": figures,
        "kinds": village_page.kinds_of(village, figures) if figures else (),
        "tags": _tags(code),
        "main_panels": [each for each in panels if each.column == "main"],
        "side_panels": [each for each in panels if each.column != "main"],
        "above": _above(actor, village),
        "successors": [(url_of_place(each), name) for each, name in village.successors],
        **_record_context(actor, code),
    }
    return render(request, "places/village.html", context)


def _above(actor: Actor, village: Village) -> list[tuple[str, str]]:
    above = [each for each in village.code.ancestors() if each.level >= Level.COUNTY]
    return [
        (url_of_place(each) if actor_sees(actor, each) else "", division_name(each))
        for each in above
    ]


def _tags(code: str) -> list[tuple[HeldTag, str, str]]:
    """The tags, each with its label and the name of the division it comes from."""
    language = reader_language()
    return [
        (each, each.kind.label(language), division_name(each.division)) for each in tags_of(code)
    ]


def _record_context(actor: Actor, code: str) -> dict[str, Any]:
    records = records_of(actor, code)
    if not records:
        return {"records": [], "blocks": [], "checks": [], "versions": []}
    latest = records[0]
    return {
        "records": records[: village_page.YEARS],
        "latest": latest,
        "blocks": village_page.blocks_of(records, may_edit=actor.may(MANAGE, code)),
        "checks": village_page.checks_of(latest),
        "versions": history_of(actor, code, latest.record_year)[:10],
    }
