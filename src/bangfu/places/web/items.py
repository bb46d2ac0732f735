"""Correcting one item of a village's record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bangfu.foundation.access.api import AccessRefused, requires
from bangfu.foundation.audit.api import PersonalValue
from bangfu.foundation.ui.api import reader_language
from bangfu.foundation.ui.wording import sentence_of
from bangfu.kernel.problems import Refused
from bangfu.places.domain.catalogue import record_items
from bangfu.places.permissions import MANAGE
from bangfu.places.queries.records import get_record
from bangfu.places.services.changing import ItemChange, change_item
from bangfu.places.web.forms import ItemForm
from bangfu.registry.api import division_name, shown
from bangfu.rules.layout import ItemType

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.places.models import VillageRecord
    from bangfu.rules.layout import Item


@requires(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActingRequest, code: str, year: int, item: str) -> HttpResponse:
    """Ask for the value with its source, day and reason; then record it."""
    record = get_record(request.actor, MANAGE, code, year)
    found = next((each for each in record_items() if each.name == item), None)
    if found is None:
        raise Http404
    form = ItemForm(request.POST or None, item=found, initial=_initial(record, found))
    if form.is_valid() and _change(request, record, found, form):
        return redirect("places:village", code)
    context = {
        "form": form,
        "record": record,
        "name": division_name(code),
        "item": found.label(reader_language()),
        "last": shown(found, getattr(record, item), reader_language()) or _("缺数据"),
        "origin": " ".join(record.origins.get(item, ())),
    }
    return render(request, "places/item.html", context)


def _initial(record: VillageRecord, item: Item) -> dict[str, Any]:
    value = getattr(record, item.name)
    if item.type is ItemType.FLAG:
        return {"value": {True: "yes", False: "no", None: ""}[value]}
    return {"value": value}


def _change(request: ActingRequest, record: VillageRecord, item: Item, form: ItemForm) -> bool:
    """Record it; False when it is refused, which the form then says."""
    cleaned = form.cleaned_data
    told = ItemChange(item.name, form.value, cleaned["source"], cleaned["day"], cleaned["reason"])
    try:
        changed = change_item(
            actor=request.actor, village=record.village_code, year=record.record_year, change=told
        )
    except AccessRefused:
        raise
    except Refused as refused:
        for each in refused.problems:
            form.add_error(None, "".join(sentence_of(each)))
        return False
    except PersonalValue:
        form.add_error("reason", _("理由里不要写证件号码或者电话号码。"))
        return False
    done = _("已更正，记在您名下。") if changed else _("与原来相同，什么也没有改。")
    messages.success(request, done)
    return True
