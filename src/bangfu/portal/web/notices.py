"""Public notices by village: what hangs, one sheet as a paper, and numbers of those that hung."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bangfu.foundation.access.api import open_to_all
from bangfu.foundation.clock.api import today
from bangfu.foundation.ui.api import reader_language
from bangfu.kernel.division import Level
from bangfu.portal.web.frame import show
from bangfu.portal.web.places import chooser_at, place_words, read_place, read_village
from bangfu.procedures.api import list_notices, pinned_procedure
from bangfu.registry.api import division_name
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse

    from bangfu.foundation.access.api import ActingRequest
    from bangfu.procedures.api import PublicNotice

_MOST_ENDED: Final = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A household on a sheet; nothing here names it but a masked name.

    Attributes:
        agree, present, eligible: of the meeting that decided, `met` its day; None without one.
    """

    id: UUID
    name: str
    group: str
    size: int | None
    agree: int | None
    present: int | None
    eligible: int | None
    met: date | None
    category: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What hangs under one number.

    Attributes:
        title: what the notice is of. lines: empty as soon as it has ended.
        households: how many there are, also afterwards.
        days_left: with today; 0 when it has ended.
    """

    number: str
    division: str
    title: str
    place: str
    posted_on: date
    ends_on: date
    standing: bool
    households: int
    days_left: int
    lines: list[Line] = field(default_factory=list)

    @property
    def people(self) -> int:
        """Members of the households shown."""
        return sum(each.size or 0 for each in self.lines)

    @property
    def meeting(self) -> Line | None:
        """A line that tells of the meeting, where one meeting decided about all of them."""
        meetings = {(each.met, each.eligible, each.present) for each in self.lines}
        first = self.lines[0] if len(meetings) == 1 else None
        return first if first and first.met and first.eligible and first.present else None


def sheets_of(division: str) -> list[Sheet]:
    """The sheets of a village, those that hang first."""
    groups: dict[str, list[PublicNotice]] = {}
    for each in list_notices(division=division, standing=False):
        groups.setdefault(each.number, []).append(each)
    sheets = [_sheet(rows) for rows in groups.values()]
    return sorted(sheets, key=lambda each: (not each.standing, each.ends_on), reverse=False)


def _sheet(rows: list[PublicNotice]) -> Sheet:
    day, first, language = today(), rows[0], reader_language()
    state = pinned_procedure(first.matter.version_id).states[first.state]
    hanging = [each for each in rows if each.taken_down_at is None and each.ends_on >= day]
    ends_on = max(each.ends_on for each in rows)
    return Sheet(
        number=first.number,
        division=first.division,
        title=(state.notice.label if state.notice else state.label).text(language),
        place=state.notice.place.text(language) if state.notice else "",
        posted_on=first.posted_on,
        ends_on=ends_on,
        standing=bool(hanging),
        households=len(rows),
        days_left=(ends_on - day).days + 1 if hanging else 0,
        lines=sorted(map(_line, hanging), key=lambda line: (line.group, line.name)),
    )


def _line(notice: PublicNotice) -> Line:
    """What of a notice's document may be shown: named parts, and nothing else it might hold."""
    shown: dict[str, Any] = notice.document
    return Line(
        id=notice.pk,
        name=str(shown.get("name", "")),
        group=str(shown.get("group", "")),
        size=_number(shown.get("size")),
        agree=_number(shown.get("agree")),
        present=_number(shown.get("present")),
        eligible=_number(shown.get("eligible")),
        met=parse_date(str(shown.get("met", ""))),
        category=_category(str(shown.get("category", ""))),
    )


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _category(code: str) -> str:
    """A category in the reader's language; empty for what the register has no such code of."""
    known = load_layout().lists["monitoring_category"].codes
    return next((each.label(reader_language()) for each in known if each.code == code), "")


def find_hanging(notice_id: str, village: str) -> PublicNotice | None:
    """A notice of a village that hangs now; None for any other."""
    hanging = list_notices(division=village)
    return next((each for each in hanging if str(each.pk) == notice_id), None)


def _counts(notices: Iterable[PublicNotice], digits: int) -> dict[str, int]:
    found: dict[str, set[tuple[str, str]]] = {}
    for each in notices:
        found.setdefault(each.division[:digits], set()).add((each.division, each.number))
    return {place: len(sheets) for place, sheets in found.items()}


@open_to_all
@require_safe
def choose(request: ActingRequest) -> HttpResponse:
    """Choose a place; each says how many notices hang there."""
    code = request.GET.get("at", "")
    if read_place(code).level is Level.VILLAGE:
        raise Http404
    chooser = chooser_at(code)
    digits = len(chooser.places[0].code) if chooser.places else 0
    above = chooser.above[-1][0] if chooser.above else ""
    counts = _counts(list_notices(division=above), digits)
    rows = [(each, counts.get(each.code, 0)) for each in chooser.places]
    context = {"chooser": chooser, "rows": rows, "total": sum(counts.values())}
    return show(request, "portal/notices.html", context)


@open_to_all
@require_safe
def show_village(request: ActingRequest, village: str) -> HttpResponse:
    """What hangs in a village, and the numbers of what hung."""
    place = read_village(village)
    sheets = sheets_of(place)
    context = {
        "village": place,
        "name": division_name(place),
        "whole": place_words(place),
        "standing": [each for each in sheets if each.standing],
        "ended": [each for each in sheets if not each.standing][::-1][:_MOST_ENDED],
    }
    return show(request, "portal/village_notices.html", context)


@open_to_all
@require_safe
def show_sheet(request: ActingRequest, village: str, number: str) -> HttpResponse:
    """One sheet, as it hangs on the board; without names once it has ended."""
    place = read_village(village)
    sheet = next((each for each in sheets_of(place) if each.number == number), None)
    if sheet is None:
        raise Http404
    context = {
        "sheet": sheet,
        "village": place,
        "name": division_name(place),
        "signed": "".join([division_name(place[: int(Level.TOWNSHIP)]), division_name(place)]),
        "left": _("还剩 %(days)s 天") % {"days": sheet.days_left},
    }
    return show(request, "portal/sheet.html", context)
