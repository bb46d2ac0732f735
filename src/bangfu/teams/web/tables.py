"""The lists as they are declared: columns, filters, and the words of their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from bangfu.foundation.ui.api import Choice, Column, Filter, Table, reader_language
from bangfu.teams.domain.catalogue import load_catalogue
from bangfu.teams.web.places import place_words

if TYPE_CHECKING:
    from bangfu.registry.api import Household
    from bangfu.teams.models import Cadre, Duty, Organisation, Pairing, TeamsUpload
    from bangfu.teams.queries.duties import Gap


def label(listed: str, code: str) -> str:
    """A code in the reader's language; empty for none."""
    return load_catalogue().label(listed, code, reader_language()) if code else ""


def code_choices(listed: str) -> list[Choice]:
    """The codes of a list as choices."""
    codes = load_catalogue().lists[listed].codes
    return [Choice(each.code, each.label(reader_language())) for each in codes]


def from_words(held: Any) -> str:
    """Where somebody came from when it began; empty when nobody said."""
    return str(held.organisation.name) if held.organisation else ""


def cell_words(duty: Duty) -> str:
    """Place and, for a duty of the grid, the cell."""
    place = place_words(duty.division)
    return f"{place} {duty.cell.name}".strip() if duty.cell else place


def end_words(held: Any) -> str:
    """When it ended and why; the word for what goes on."""
    if held.valid_to is None:
        return _now("现在")
    reason = label("end_reason", held.end_reason)
    day = held.valid_to.isoformat()
    return _now("%(day)s，%(reason)s") % {"day": day, "reason": reason} if reason else day


DUTIES: Final[Table[Duty]] = Table(
    name="duties",
    sort="place",
    words=_("姓名"),
    columns=(
        Column("name", _("姓名"), lambda row: row.cadre.name,
               template="teams/cell_person.html", sortable=True, heading=True),
        Column("role", _("职务"), lambda row: label("duty_role", row.role), sortable=True),
        Column("place", _("地方"), cell_words, sortable=True, bare=True),
        Column("organisation", _("单位"), from_words),
        Column("valid_from", _("从哪天起"), lambda row: row.valid_from, kind="day",
               template="teams/cell_day.html", sortable=True),
        Column("valid_to", _("到哪天"), end_words, template="teams/cell_end.html", sortable=True),
        Column("number", _("人员编号"), lambda row: row.cadre.number, chosen=False),
        Column("division", _("区划代码"), lambda row: row.division, chosen=False),
        Column("recorded_by", _("录入人"), lambda row: row.recorded_by, chosen=False),
    ),
    filters=(
        Filter("state", _("在任"), single=True),
        Filter("role", _("职务")),
        Filter("division", _("乡镇、村"), single=True),
        Filter("on", _("看哪一天"), single=True),
    ),
)  # fmt: skip
DUTY_STATES: Final = (
    ("current", _("在任")),
    ("left_open", _("到期没有接替")),
    ("ended", _("已经结束")),
    ("coming", _("还没有开始")),
    ("all", _("全部")),
)
GAPS: Final[Table[Gap]] = Table(
    name="gaps",
    sort="",
    columns=(
        Column("place", _("村"), lambda row: place_words(row.village), heading=True),
        Column("role", _("缺什么"), lambda row: label("duty_role", row.role)),
        Column("last_end", _("上一位到哪天"), lambda row: row.last_end, kind="day",
               template="teams/cell_last.html"),
        Column("village", _("村代码"), lambda row: row.village, chosen=False),
        Column("act", _("办理"), lambda row: row.village, template="teams/cell_fill.html"),
    ),
    filters=(Filter("division", _("乡镇、村"), single=True),),
)  # fmt: skip
PAIRINGS: Final[Table[Pairing]] = Table(
    name="pairings",
    sort="place",
    words=_("户主、户编号或帮扶人姓名"),
    columns=(
        Column("household", _("农户"), lambda row: row.household.head_name,
               template="teams/cell_household.html", sortable=True, heading=True),
        Column("place", _("乡镇、村"), lambda row: place_words(row.household.village_code),
               sortable=True, bare=True),
        Column("name", _("帮扶责任人"), lambda row: row.cadre.name,
               template="teams/cell_person.html", sortable=True),
        Column("main", _("主要"), lambda row: _now("主要") if row.main else _now("协助")),
        Column("organisation", _("单位"), from_words),
        Column("valid_from", _("从哪天起"), lambda row: row.valid_from, kind="day",
               template="teams/cell_day.html", sortable=True),
        Column("valid_to", _("到哪天"), end_words, template="teams/cell_end_pairing.html",
               sortable=True),
        Column("household_number", _("户编号"), lambda row: row.household.household_number,
               chosen=False),
        Column("number", _("人员编号"), lambda row: row.cadre.number, chosen=False),
    ),
    filters=(
        Filter("state", _("结对"), single=True),
        Filter("main", _("责任"), single=True),
        Filter("division", _("乡镇、村"), single=True),
        Filter("on", _("看哪一天"), single=True),
    ),
)  # fmt: skip
PAIRING_STATES: Final = (
    ("current", _("正在帮扶")), ("ended", _("已经结束")), ("all", _("全部")),
)  # fmt: skip
UNHELPED: Final[Table[Household]] = Table(
    name="unhelped",
    sort="place",
    columns=(
        Column("household", _("农户"), lambda row: row.head_name,
               template="teams/cell_unhelped.html", sortable=True, heading=True),
        Column("place", _("乡镇、村"), lambda row: place_words(row.village_code), sortable=True,
               bare=True),
        Column("group", _("村民小组"), lambda row: row.group_name),
        Column("size", _("人口"), lambda row: row.size, kind="whole"),
        Column("act", _("办理"), lambda row: row.household_number,
               template="teams/cell_pair.html"),
    ),
    filters=(Filter("division", _("乡镇、村"), single=True),),
)  # fmt: skip
PEOPLE: Final[Table[Cadre]] = Table(
    name="people",
    sort="-households",
    words=_("姓名或人员编号"),
    columns=(
        Column("name", _("姓名"), lambda row: row.name, template="teams/cell_cadre.html",
               sortable=True, heading=True),
        Column("organisation", _("单位"), from_words),
        Column("households", _("帮扶，户"), lambda row: getattr(row, "households", 0),
               kind="whole", sortable=True),
        Column("number", _("人员编号"), lambda row: row.number),
        Column("place", _("录入的地方"), lambda row: place_words(row.division), chosen=False),
    ),
    filters=(
        Filter("over", _("户数"), single=True),
        Filter("division", _("乡镇、村"), single=True),
    ),
)  # fmt: skip
ORGANISATIONS: Final[Table[Organisation]] = Table(
    name="organisations",
    sort="name",
    words=_("单位名称、信用代码"),
    columns=(
        Column("name", _("单位"), lambda row: row.name,
               template="teams/cell_organisation.html", sortable=True, heading=True),
        Column("kind", _("类别"), lambda row: label("organisation_type", row.kind),
               sortable=True),
        Column("division", _("地方"), lambda row: place_words(row.division), sortable=True),
        Column("people", _("派出，人"), lambda row: getattr(row, "people", None) or 0,
               kind="whole"),
        Column("credit_code", _("统一社会信用代码"), lambda row: row.credit_code or None,
               chosen=False),
        Column("valid_from", _("从哪天起"), lambda row: row.valid_from, kind="day",
               template="teams/cell_day.html", sortable=True),
        Column("valid_to", _("到哪天"), lambda row: row.valid_to, kind="day",
               template="teams/cell_until.html"),
    ),
    filters=(
        Filter("kind", _("类别")),
        Filter("division", _("乡镇、村"), single=True),
        Filter("state", _("名称"), single=True),
    ),
)  # fmt: skip
ORGANISATION_STATES: Final = (("current", _("正在用")), ("all", _("全部，含停用")))
_STATES: Final = {
    "checked": _("核对过，还没有写入"),
    "committed": _("已写入"),
    "discarded": _("已放弃"),
}


def upload_words(row: TeamsUpload) -> str:
    """The sheet and the place: `任职 · 通江县`."""
    return f"{sheet_words(row.kind)} · {place_words(row.division)}"


def sheet_words(kind: str) -> str:
    """The name of a sheet in the reader's language."""
    return load_catalogue().layouts[kind].sheets[kind][reader_language()]


def state_words(row: TeamsUpload) -> str:
    """How far an upload has come."""
    return str(_STATES[row.state.value])


UPLOADS: Final[Table[TeamsUpload]] = Table(
    name="uploads",
    sort="",
    columns=(
        Column("upload", _("哪张表、哪里"), upload_words,
               template="teams/cell_upload.html", heading=True),
        Column("state", _("到哪一步"), state_words),
        Column("new", _("新增，行"), lambda row: row.new, kind="whole"),
        Column("changed", _("变更，行"), lambda row: row.changed, kind="whole"),
        Column("unchanged", _("没有变化，行"), lambda row: row.unchanged, kind="whole"),
        Column("refused", _("要改，行"), lambda row: row.refused, kind="whole"),
        Column("checked_by", _("谁"), lambda row: row.checked_by),
        Column("checked_at", _("什么时候核对"), lambda row: row.checked_at, kind="moment"),
    ),
)  # fmt: skip
