"""The tags and filters of every page: `{% load ui %}`.

Filters put values into words; inclusion tags draw the small components. What has a body (a
block, a dialog) is written as plain HTML with the classes that the gallery at `/ui/` shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from bangfu.foundation.clock.api import today
from bangfu.foundation.ui import charts, presenters
from bangfu.foundation.ui.assets import asset_url
from bangfu.foundation.ui.wording import sentence_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from django.forms import BoundField

    from bangfu.kernel.problems import Problem

register = template.Library()

register.filter("yuan", presenters.yuan)
register.filter("wan_yuan", presenters.wan_yuan)
register.filter("mu", presenters.mu)
register.filter("count", presenters.count)
register.filter("day_in_full", presenters.day_in_full)
register.filter("weekday", presenters.weekday)
register.filter("mask_identity", presenters.mask_identity)
register.filter("mask_phone", presenters.mask_phone)


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built source: `{% asset "main.css" %}`."""
    return asset_url(name)


@register.filter
def amount(fen: int | None) -> str:
    """Fen as yuan without unit or decimals: `18,420`."""
    return presenters.amount(fen)


@register.filter
def ledger(fen: int | None) -> str:
    """Fen as yuan with two decimals: `18,420.00`."""
    return presenters.amount(fen, decimals=True)


@register.filter
def day(value: date | None) -> str:
    """A day, short within the reader's year."""
    return presenters.day(value, today=today())


@register.filter
def moment(value: datetime | None) -> str:
    """A moment, in words within two days of the reader's."""
    return presenters.moment(value, today=today())


@register.filter
def problem_title(problem: Problem) -> str:
    """What is wrong, in the reader's language."""
    return sentence_of(problem)[0]


@register.filter
def problem_remedy(problem: Problem) -> str:
    """How to put it right, in the reader's language; may be empty."""
    return sentence_of(problem)[1]


@register.inclusion_tag("ui/status.html")
def status(outcome: str, label: str = "") -> dict[str, Any]:
    """A rule's outcome: `fired`, `clear` or `unknown`, with the usual word or another one."""
    return {"outcome": outcome, "label": label}


@register.inclusion_tag("ui/due.html")
def due(days: int, working: bool = True) -> dict[str, Any]:
    """Time left: `{% due matter.days_left %}`."""
    return {"due": presenters.due_in(days, working=working)}


@register.inclusion_tag("ui/figure.html")
def figure(
    name: str, value: object, unit: str = "", of: str = "", now: bool = False
) -> dict[str, Any]:
    """A number with its name, unit and base; `now` only when it needs action today."""
    return {"name": name, "value": value, "unit": unit, "of": of, "now": now}


@register.inclusion_tag("ui/empty.html")
def empty(title: str, hint: str = "", url: str = "", link: str = "") -> dict[str, Any]:
    """What is absent, and where the next thing is."""
    return {"title": title, "hint": hint, "url": url, "link": link}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, last: str = "", hint: str = "") -> dict[str, Any]:
    """A form field: label above, last known value beside, error below with the way out."""
    return {"field": bound, "widget": describe(bound), "last": last, "hint": hint}


def describe(bound: BoundField) -> Any:
    """The input itself, tied to its hint and its errors for those who hear the page."""
    attributes: dict[str, Any] = {"class": "input"}
    places = [f"{bound.id_for_label}-note"]
    if bound.errors:
        attributes["aria-invalid"] = "true"
        places.append(f"{bound.id_for_label}-error")
    attributes["aria-describedby"] = " ".join(places)
    return bound.as_widget(attrs=attributes)


@register.inclusion_tag("ui/steps.html")
def steps(names: Sequence[str], at: int) -> dict[str, Any]:
    """The steps of an import or a form; `at` counts from 1."""
    return {"names": names, "at": at}


@register.inclusion_tag("ui/progress.html")
def progress(job: Any, url: str) -> dict[str, Any]:
    """How far a long job is; asks `url` until it is over. The template says what `job` has."""
    return {"job": job, "url": url}


@register.inclusion_tag("ui/income_chart.html")
def income_chart(years: Sequence[charts.IncomeYear], title: str) -> dict[str, Any]:
    """The income chart in both sizes, with its table."""
    drawings = (("chart-wide", charts.WIDE), ("chart-narrow", charts.NARROW))
    return {
        "title": title,
        "years": years,
        "charts": [(name, charts.draw_income(years, size)) for name, size in drawings],
        "has_lines": any(each.line is not None for each in years),
        "has_points": any(each.reference is not None for each in years),
        "has_unknown": any(None in each.parts for each in years),
    }


@register.inclusion_tag("ui/bar.html")
def bar(part: int, whole: int) -> dict[str, Any]:
    """A thin bar for one number beside others of the same scale."""
    return {"width": 0 if whole <= 0 else max(min(part * 100 // whole, 100), 2 if part else 0)}
