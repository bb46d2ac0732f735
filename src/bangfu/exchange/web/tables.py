"""The lists of this room's pages: their columns, filters and orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bangfu.exchange.models import DOUBTS, FeedList, ListState, RowOutcome, Settled
from bangfu.exchange.queries.feeds import load_feeds, trigger_label
from bangfu.foundation.ui.api import (
    Choice,
    Column,
    Filter,
    Table,
    mask_identity,
    reader_language,
)
from bangfu.registry.api import code_label, division_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bangfu.exchange.queries.desk import FeedStatus
    from bangfu.exchange.queries.rows import ShownRow

STATE_WORDS: Final = {
    ListState.CHECKED: _("等提交"),
    ListState.COMMITTED: _("已写入"),
    ListState.WITHDRAWN: pgettext_lazy("名单", "已撤回"),
    ListState.DISCARDED: _("已放弃"),
}
FRESHNESS: Final = {
    "overdue": _("该更新了"),
    "fresh": _("没到期"),
    "missing": _("从没收到"),
}


def freshness(row: FeedStatus) -> str:
    """Whether a feed is overdue, fresh or missing."""
    if row.last is None:
        return "missing"
    return "overdue" if row.overdue else "fresh"


def feed_words(name: str) -> str:
    """What a list is called; its own name when the product does not carry it."""
    feed = load_feeds().get(name)
    return feed.label.of(reader_language()) if feed else name


def state_words(row: FeedList) -> str:
    """How far a list has come, in a word."""
    return str(STATE_WORDS[row.state])


def row_state(row: ShownRow) -> str:
    """What became of a row, in words; `taken` for whoever may not know whom it was matched to."""
    return (
        str(RowOutcome(row.outcome).label) if row.outcome in RowOutcome.values else str(_("已收"))
    )


def row_why(row: ShownRow) -> str:
    """Why a row is not matched, in words."""
    if row.decision:
        return str(Settled(row.decision).label)
    return str(DOUBTS.get(row.doubt, ""))


def about(row: ShownRow) -> str:
    """Who or what a row is about: the name, or the product of a place."""
    if row.product:
        return f"{division_name(row.place)} {code_label('product', row.product, reader_language())}"
    return row.name or row.household_number or mask_identity(row.number)


FEEDS: Final[Table[FeedStatus]] = Table(
    name="feeds",
    sort="",
    columns=(
        Column("feed", _("名单"), lambda row: row.feed.label.of(reader_language()),
               template="exchange/cell_feed.html", heading=True, sortable=True),
        Column("office", _("谁报送"), lambda row: row.feed.office.of(reader_language())),
        Column("trigger", _("推送事项"),
               lambda row: trigger_label(row.feed.trigger, reader_language()), chosen=False),
        Column("fresh", _("更新"), lambda row: str(FRESHNESS[freshness(row)]),
               template="exchange/cell_fresh.html"),
        Column("last", _("最近截至"), lambda row: row.last, kind="day"),
        Column("every", _("应多少天更新"), lambda row: row.feed.every_days, kind="whole"),
        Column("lists", _("名单，张"), lambda row: row.lists, kind="whole"),
        Column("rows", _("写入，行"), lambda row: row.rows, kind="whole"),
        Column("unmatched", _("待匹配，行"), lambda row: row.unmatched, kind="whole"),
        Column("template", _("模板"), lambda row: row.feed.label.of(reader_language()),
               template="exchange/cell_template.html"),
    ),
    filters=(Filter("fresh", _("更新")), Filter("office", _("谁报送"))),
)  # fmt: skip

LISTS: Final[Table[FeedList]] = Table(
    name="lists",
    sort="-checked_at",
    columns=(
        Column("feed", _("名单"), lambda row: feed_words(row.feed),
               template="exchange/cell_list.html", heading=True, sortable=True),
        Column("place", _("哪里"), lambda row: division_name(row.division)),
        Column("organisation", _("谁报送"), lambda row: row.organisation),
        Column("data_date", _("截至"), lambda row: row.data_date, kind="day", sortable=True),
        Column("state", _("到哪一步"), state_words),
        Column("rows", _("共，行"), lambda row: row.rows, kind="whole", sortable=True),
        Column("matched", _("已匹配，行"), lambda row: row.matched, kind="whole"),
        Column("unmatched", _("待匹配，行"), lambda row: row.unmatched, kind="whole",
               sortable=True),
        Column("known", _("以前报过，行"), lambda row: row.known, kind="whole", chosen=False),
        Column("refused", _("要改，行"), lambda row: row.refused, kind="whole"),
        Column("checked_by", _("谁"), lambda row: row.checked_by, chosen=False),
        Column("checked_at", _("什么时候核对"), lambda row: row.checked_at, kind="moment",
               sortable=True),
    ),
    filters=(
        Filter("feed", _("名单")),
        Filter("state", _("到哪一步"), tuple(
            Choice(each.value, STATE_WORDS[each])
            for each in (ListState.CHECKED, ListState.COMMITTED, ListState.WITHDRAWN)
        )),
    ),
)  # fmt: skip

ROWS: Final[Table[ShownRow]] = Table(
    name="rows",
    sort="row",
    columns=(
        Column("row", _("行"), lambda row: row.row, kind="whole", sortable=True),
        Column("about", _("说的是谁"), about, heading=True),
        Column("number", _("证件号码"), lambda row: mask_identity(row.number)),
        Column("household_number", _("户编号"), lambda row: row.household_number, chosen=False),
        Column("day", _("日期"), lambda row: row.day, kind="day", sortable=True),
        Column("amount", _("金额，元"), lambda row: row.amount, kind="hundredths",
               sortable=True),
        Column("percent", _("跌幅，%"), lambda row: row.percent, kind="whole", chosen=False),
        Column("state", _("结果"), row_state, template="exchange/cell_state.html"),
        Column("household", _("匹配到"), lambda row: row.head_name,
               template="exchange/cell_household.html"),
        Column("note", _("备注"), lambda row: row.note, chosen=False),
    ),
    filters=(Filter("state", _("结果")),),
)  # fmt: skip

WAITING: Final[Table[ShownRow]] = Table(
    name="waiting",
    sort="row",
    columns=(
        Column("about", _("说的是谁"), about, template="exchange/cell_waiting.html", heading=True),
        Column("feed", _("名单"), lambda row: feed_words(row.list.feed), sortable=True),
        Column("why", _("为什么没有匹配"), row_why),
        Column("day", _("日期"), lambda row: row.day, kind="day", sortable=True),
        Column("amount", _("金额，元"), lambda row: row.amount, kind="hundredths",
               sortable=True),
        Column("state", _("结果"), row_state),
        Column("household", _("匹配到"), lambda row: row.head_name,
               template="exchange/cell_household.html"),
        Column("by", _("谁办的"), lambda row: row.settled_by),
        Column("number", _("证件号码"), lambda row: mask_identity(row.number), chosen=False),
        Column("organisation", _("谁报送"), lambda row: row.list.organisation, chosen=False),
        Column("place", _("哪里的名单"), lambda row: division_name(row.list.division),
               chosen=False),
        Column("note", _("备注"), lambda row: row.note, chosen=False),
    ),
    filters=(
        Filter("state", _("结果")),
        Filter("feed", _("名单")),
        Filter("doubt", _("为什么没有匹配")),
        Filter("decision", _("为什么不用匹配")),
    ),
)  # fmt: skip

_WORDS: Final[Mapping[str, Callable[[str], str]]] = {
    "feed": feed_words,
    "state": lambda code: str(RowOutcome(code).label),
    "doubt": lambda code: str(DOUBTS.get(code, code)),
    "decision": lambda code: str(Settled(code).label),
}


def choices_of(counts: Mapping[str, Mapping[str, int]]) -> dict[str, list[Choice]]:
    """The filters' choices with their counts; what nobody has is left out."""
    return {
        name: [Choice(code, _WORDS[name](code), n) for code, n in sorted(found.items()) if code]
        for name, found in counts.items()
    }
