"""The pages of versions, one rule, one parameter, the phases, and two versions side by side."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import requires
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.foundation.ui.panels import panels_for
from bangfu.policy.domain.cases import cases_of_rule
from bangfu.policy.domain.catalogue import list_parameters, list_rules
from bangfu.policy.domain.comparing import compare
from bangfu.policy.domain.standing import standing_of
from bangfu.policy.permissions import PUBLISH, READ
from bangfu.policy.queries import (
    find_version,
    get_version,
    list_phases,
    list_versions,
    list_waiting,
    pack_of_version,
)
from bangfu.policy.web.fact_diagram import draw_sources, sources_of
from bangfu.policy.web.opened import open_version
from bangfu.policy.web.shown import shown_phases, shown_places, shown_rule
from bangfu.policy.web.step_chart import charts_of
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.policy.domain.cases import RuleCase


@requires(READ)
@require_safe
def show_versions(request: ActingRequest) -> HttpResponse:
    """Every version published, what is in force, and what waits to be confirmed."""
    current = find_version(today())
    pack = pack_of_version(current.pk) if current else None
    may_publish = request.actor.holds(PUBLISH)
    context = {
        "versions": list_versions(actor=request.actor),
        "current": current,
        "pack": pack,
        "standing": standing_of(pack, today()) if pack else None,
        "may_publish": may_publish,
        "waiting": list_waiting(request.actor) if may_publish else [],
    }
    return render(request, "policy/versions.html", context)


@requires(READ)
@require_safe
def show_version(request: ActingRequest, version_id: UUID) -> HttpResponse:
    """One version: its rules by risk, what waits to be entered, and what higher rooms add."""
    opened = open_version(request, version_id)
    language = reader_language()
    rules = list_rules(opened.pack, opened.standing, language)
    parameters = list_parameters(opened.pack, opened.standing, language)
    context = {
        **opened.context,
        "at": "version",
        "rules": rules,
        "by_risk": [
            (label, list(rows)) for label, rows in groupby(rules, key=lambda row: row.risk_label)
        ],
        "parameters": len(parameters),
        "awaited": [row for row in parameters if row.hold.value == "awaited"],
        "marked": sum(bool(row.marks) for row in parameters),
        "panels": panels_for("policy.version", request, opened.pack),
        "others": [
            each for each in list_versions(actor=request.actor) if each.pk != opened.version.pk
        ],
    }
    return render(request, "policy/version.html", context)


@lru_cache(maxsize=256)
def _cases(version_id: UUID, rule: str) -> tuple[RuleCase, ...]:
    # A version's content never changes, and the same engines answer the same.
    return cases_of_rule(pack_of_version(version_id), rule)


@requires(READ)
@require_safe
def show_rule(request: ActingRequest, version_id: UUID, name: str) -> HttpResponse:
    """One rule: when it fires, what it rests on, what it says, and its own cases, run."""
    opened = open_version(request, version_id)
    rule = opened.pack.rules.get(name)
    if rule is None:
        raise Http404
    language = reader_language()
    sources = sources_of(opened.pack, rule, language)
    cases = _cases(opened.version.pk, name)
    context = {
        **opened.context,
        "at": "rules",
        "rule": shown_rule(opened.pack, rule, opened.standing, language),
        "sources": sources,
        "diagram": draw_sources(rule.text.of(language), sources, language),
        "cases": cases,
        "failing": [case for case in cases if case.problem],
    }
    return render(request, "policy/rule.html", context)


@requires(READ)
@require_safe
def show_parameter(request: ActingRequest, version_id: UUID, name: str) -> HttpResponse:
    """One parameter through time, place by place, and the rules that need it."""
    opened = open_version(request, version_id)
    standing = opened.standing.parameters.get(name)
    if standing is None:
        raise Http404
    language = reader_language()
    parameter = standing.parameter
    rows = list_parameters(opened.pack, opened.standing, language)
    context: dict[str, Any] = {
        **opened.context,
        "at": "parameters",
        "row": next(row for row in rows if row.name == name),
        "readers": [(each, opened.pack.rules[each].text.of(language)) for each in standing.readers],
        "places": [
            (place, charts_of(parameter, values, opened.day, language), rows)
            for place, values, rows in shown_places(parameter, opened.day, language)
        ],
    }
    return render(request, "policy/parameter.html", context)


@requires(READ)
@require_safe
def show_phases(request: ActingRequest) -> HttpResponse:
    """The phases of the policy on a time line: categories, forms, lines, names."""
    language = reader_language()
    labels = {item.name: item.label(language) for item in load_layout().items["household"]}
    phases = shown_phases(list_phases(), today(), language, labels)
    current = next((each for each in phases if each.current), None)
    return render(request, "policy/phases.html", {"phases": phases, "current": current})


@requires(READ)
@require_safe
def show_comparison(request: ActingRequest, version_id: UUID) -> HttpResponse:
    """What a version says otherwise than another one, the one before it unless asked."""
    opened = open_version(request, version_id)
    others = [each for each in list_versions(actor=request.actor) if each.pk != opened.version.pk]
    other = _asked(request, others)
    if other is None:
        return render(request, "policy/compare_none.html", {**opened.context, "at": "version"})
    before = pack_of_version(get_version(actor=request.actor, version_id=other).pk)
    context = {
        **opened.context,
        "at": "version",
        "others": others,
        "other": next(each for each in others if each.pk == other),
        "found": compare(before, opened.pack, reader_language()),
    }
    return render(request, "policy/compare.html", context)


def _asked(request: ActingRequest, others: list[Any]) -> UUID | None:
    """The other version: the one asked for, or the one published last among the others."""
    known = {str(each.pk): each.pk for each in others}
    asked = request.GET.get("with", "")
    if asked and asked not in known:
        raise Http404
    return known.get(asked) or (others[0].pk if others else None)
