"""One measure: what it is, how far it is, what it brought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.clock.api import today
from bangfu.foundation.files.api import open_stored
from bangfu.foundation.ui.api import yuan
from bangfu.plans.permissions import READ
from bangfu.plans.queries.details import get_measure

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.kernel.problems import Problem
    from bangfu.plans.domain.effects import Effect
    from bangfu.plans.queries.details import MeasureDetail
    from bangfu.plans.web.forms import MoveForm

_DATED = frozenset({"start", "finish", "stop"})


@requires(READ)
@require_safe
def show_measure(request: ActingRequest, measure_id: UUID) -> HttpResponse:
    """A measure's page."""
    return measure_page(request, measure_id)


def measure_page(
    request: ActingRequest,
    measure_id: UUID,
    problems: tuple[Problem, ...] = (),
    form: MoveForm | None = None,
) -> HttpResponse:
    """The page; with problems or a faulty form, what was refused and all that was typed."""
    detail = get_measure(request.actor, measure_id)
    faulty = bool(problems) or (form is not None and bool(form.errors))
    typed: dict[str, Any] = {"move": "", "note": "", "on": ""}
    if form is not None:
        typed |= dict(form.data.items())
    context = {
        "measure": detail,
        "row": detail.row,
        "form": form,
        "problems": problems,
        "typed": typed,
        "offers": [(offer, offer.move in _DATED) for offer in detail.offers],
        "today": today(),
        "effect_title": _effect_title(detail),
        "effect_words": _effect_words(detail),
    }
    return render(request, "plans/measure.html", context, status=409 if faulty else 200)


def _effect_title(detail: MeasureDetail) -> str:
    """What the measure brought, in a sentence."""
    effect = detail.effect
    if effect is None:
        return _("完成以后，这里写明前后变化")
    change = effect.income_change
    if change is None:
        money = _("纯收入缺数据")
    elif change == 0:
        money = _("纯收入没有变化")
    elif change > 0:
        money = _("纯收入增加 %(amount)s") % {"amount": yuan(change)}
    else:
        money = _("纯收入减少 %(amount)s") % {"amount": yuan(-change)}
    return _("%(money)s，%(rules)s") % {"money": money, "rules": _rules_in_words(effect)}


def _rules_in_words(effect: Effect) -> str:
    if effect.begun:
        number = len(effect.begun)
        return ngettext("%(n)d 条规则新触发", "%(n)d 条规则新触发", number) % {"n": number}
    if effect.ended:
        number = len(effect.ended)
        return ngettext("%(n)d 条规则不再触发", "%(n)d 条规则不再触发", number) % {"n": number}
    return _("触发的规则没有变化")


def _effect_words(detail: MeasureDetail) -> dict[str, str]:
    """The rules and guarantees of the effect by their names."""
    effect = detail.effect
    if effect is None:
        return {}
    rules = {"ended": effect.ended, "lasting": effect.lasting, "begun": effect.begun}
    return {
        **{
            name: _("、").join(detail.rules[each] for each in found)
            for name, found in rules.items()
        },
        "before": _guarantees(detail, effect.lacking, effect.unsure_before),
        "after": _guarantees(detail, effect.open, effect.unsure_after),
    }


def _guarantees(detail: MeasureDetail, lacking: tuple[str, ...], unsure: tuple[str, ...]) -> str:
    """What is not secured, and of what nobody knows."""
    named = detail.guarantees
    told = _("、").join(named.get(each, each) for each in lacking)
    if not unsure:
        return told or _("没有")
    open_ones = _("、").join(named.get(each, each) for each in unsure)
    unknown = _("缺数据：%(what)s") % {"what": open_ones}
    return _("%(told)s；%(unknown)s") % {"told": told, "unknown": unknown} if told else unknown


@requires(READ)
@require_safe
def download_evidence(request: ActingRequest, measure_id: UUID, file_id: UUID) -> HttpResponseBase:
    """One paper of a measure.

    Raises:
        Http404: when the measure has none such, or the reader may not see it.
    """
    names = dict(get_measure(request.actor, measure_id).evidence)
    if file_id not in names:
        raise Http404
    stream = open_stored(actor=request.actor, file_id=file_id)
    return FileResponse(stream, as_attachment=True, filename=names[file_id])
