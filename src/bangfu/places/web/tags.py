"""The list of area tags, and what they come to beside the published counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.clock.api import today
from bangfu.foundation.pages.api import filters_in_words, list_workbook, workbook_answer
from bangfu.foundation.ui.api import (
    Choice,
    Column,
    Filter,
    Table,
    present,
    read_state,
    reader_language,
)
from bangfu.kernel.division import DivisionCode, DivisionCodeInvalid
from bangfu.places.domain.catalogue import TAG, load_catalogue
from bangfu.places.permissions import MANAGE, READ
from bangfu.places.queries.tags import TagFilters, compare_tags, count_tags, list_tags
from bangfu.places.web.forms import DayForm
from bangfu.registry.api import division_name, list_children, reach_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest, Actor
    from bangfu.foundation.ui.api import ListState, TableView
    from bangfu.places.models import AreaTag

_LABELS: Final = {item.name: item for item in load_catalogue().tags.items[TAG]}


def kind_label(code: str) -> str:
    """A kind in the reader's language; the code itself when the catalogue has it no more."""
    kind = load_catalogue().kinds.get(code)
    return kind.label(reader_language()) if kind else code


def _label(name: str) -> str:
    return _LABELS[name].label(reader_language())


_head = lazy(_label, str)
"""The sheet's own header, so that what is exported can be imported as it is."""


TAGS: Final[Table[AreaTag]] = Table(
    name="tags",
    sort="kind",
    columns=(
        Column("kind", _head("kind"), lambda row: kind_label(row.kind), sortable=True),
        Column("division", _head("division"), lambda row: row.division, sortable=True),
        Column(
            "name",
            _head("name"),
            lambda row: row.name,
            template="places/cell_place.html",
            heading=True,
        ),
        Column("batch", _head("batch"), lambda row: row.batch),
        Column(
            "valid_from", _head("valid_from"), lambda row: row.valid_from, kind="day", sortable=True
        ),
        Column(
            "valid_to",
            _head("valid_to"),
            lambda row: row.valid_to,
            kind="day",
            template="places/cell_end.html",
        ),
        Column(
            "source", _head("source"), lambda row: row.source, template="places/cell_source.html"
        ),
    ),
    filters=(
        Filter("kind", gettext_lazy("标签类别"), single=True),
        Filter(
            "matched",
            gettext_lazy("对上没有"),
            (Choice("no", gettext_lazy("只看没有对上的名称")),),
            single=True,
        ),
        Filter(
            "held",
            gettext_lazy("今天"),
            (Choice("yes", gettext_lazy("只看今天有效的")),),
            single=True,
        ),
        Filter("division", gettext_lazy("在哪里"), single=True),
    ),
)


def _filters(state: ListState) -> TagFilters:
    try:
        place = DivisionCode(state.one("division"))
    except DivisionCodeInvalid:
        place = DivisionCode("")
    return TagFilters(
        kind=state.one("kind"),
        division=place,
        unmatched=state.one("matched") == "no",
        on=today() if state.one("held") == "yes" else None,
    )


@requires(READ)
@require_safe
def list_page(request: ActingRequest) -> HttpResponse:
    """All tags: they name places, not people, and everybody may see every place's."""
    state = read_state(TAGS, request.GET)
    filters = _filters(state)
    total = count_tags(filters)
    if state.export:
        return _workbook(
            request.actor, state, list_tags(filters, sort=state.sort, bounds=slice(None))
        )
    bounds = slice(state.offset, state.offset + state.limit)
    table = _view(request.actor, state, list_tags(filters, sort=state.sort, bounds=bounds), total)
    context = {
        "table": table,
        "total": total,
        "unmatched": count_tags(TagFilters(unmatched=True)),
        "may_manage": request.actor.holds(MANAGE),
        "export_allowed": True,
    }
    return render(request, "places/tags.html", context)


def _view(actor: Actor, state: ListState, rows: list[AreaTag], total: int) -> TableView:
    kinds = [Choice(each, kind_label(each)) for each in load_catalogue().kinds]
    own = reach_of(actor, READ)
    asked = state.one("division")
    places = [(asked, division_name(asked))] if asked else [(own, division_name(own))]
    places += [(each.code, each.name) for each in list_children(asked or own)]
    choices = {"kind": kinds, "division": [Choice(code, name) for code, name in places if code]}
    return present(TAGS, state, rows, total=total, key=lambda row: row.id, choices=choices)


def _workbook(actor: Actor, state: ListState, rows: list[AreaTag]) -> HttpResponse:
    words = filters_in_words(_view(actor, state, [], len(rows)))
    title = load_catalogue().tags.sheets[TAG]["zh" if reader_language() == "zh" else "en"]
    workbook = list_workbook(actor, TAGS, state, rows, title=title, filters=words)
    return workbook_answer(title, workbook)


@requires(READ)
@require_safe
def compare(request: ActingRequest) -> HttpResponse:
    """Every kind on a day: ours, published, the difference, the names that matched no place."""
    form = DayForm({"on": today().isoformat(), **request.GET.dict()})
    on = form.cleaned_data["on"] if form.is_valid() else today()
    lines = compare_tags(on)
    differing = sum(1 for each in lines if each.difference)
    context = {
        "form": form,
        "on": on,
        "lines": [(each, kind_label(each.kind.code)) for each in lines],
        "differing": differing,
        "unmatched": sum(len(each.unmatched) for each in lines if not each.batch),
        "title": _("%(day)s：%(n)d 类标签与公布数不一致") % {"day": on.isoformat(), "n": differing}
        if differing
        else _("%(day)s：有公布数的标签都与公布数一致") % {"day": on.isoformat()},
    }
    return render(request, "places/compare.html", context)
