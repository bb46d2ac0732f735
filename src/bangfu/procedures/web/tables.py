"""The list of procedures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from bangfu.foundation.pages.api import Kept
from bangfu.foundation.ui.api import Column, Filter, Table
from bangfu.procedures.domain.ways import main_way
from bangfu.procedures.wording import text_of

if TYPE_CHECKING:
    from datetime import date

    from bangfu.procedures.queries.catalogue import TableVersion


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """One version of a procedure in the list."""

    name: str
    label: str
    version: str
    valid_from: date
    until: date | None
    current: bool
    pack: str
    steps: int
    states: int
    moves: int
    notices: int
    source: str

    @property
    def standing(self) -> tuple[str, str]:
        """Whether it holds today, as code and words."""
        if self.current:
            return "current", _now("现行")
        return ("past", _now("已被替代")) if self.until else ("coming", _now("尚未施行"))


def row_of(each: TableVersion) -> ProcedureRow:
    """A version as a row."""
    table = each.procedure
    return ProcedureRow(
        name=table.name,
        label=text_of(table.label),
        version=table.version,
        valid_from=table.valid_from,
        until=each.until,
        current=each.current,
        pack=table.file.partition("/")[0],
        steps=len(main_way(table)),
        states=len(table.states),
        moves=len(table.moves),
        notices=sum(state.notice is not None for state in table.states.values()),
        source=table.source,
    )


PROCEDURES: Final[Table[ProcedureRow]] = Table(
    name="procedures",
    sort="",
    words=_("程序名称或依据里的字"),
    page_size=50,
    columns=(
        Column("label", _("程序"), lambda row: row.label, template="procedures/cell_label.html",
               sortable=True, heading=True),
        Column("standing", _("状态"), lambda row: row.standing[1],
               template="procedures/cell_standing.html", sortable=True),
        Column("from", _("施行"), lambda row: row.valid_from, kind="day",
               template="procedures/cell_from.html", sortable=True),
        Column("until", _("到（不含）"), lambda row: row.until, kind="day", chosen=False),
        Column("steps", _("主线步数"), lambda row: row.steps, kind="whole", sortable=True),
        Column("states", _("状态数"), lambda row: row.states, kind="whole", chosen=False),
        Column("moves", _("办理"), lambda row: row.moves, kind="whole", sortable=True),
        Column("notices", _("公示"), lambda row: row.notices, kind="whole"),
        Column("source", _("依据"), lambda row: row.source, template="procedures/cell_source.html"),
        Column("pack", _("政策包"), lambda row: row.pack, chosen=False),
        Column("version", _("版本"), lambda row: row.version, chosen=False),
        Column("name", _("名称"), lambda row: row.name, chosen=False),
    ),
    filters=(Filter("standing", _("状态")), Filter("pack", _("政策包"))),
)  # fmt: skip
KEPT: Final[Kept[ProcedureRow]] = Kept(
    filters={
        "standing": lambda row: row.standing,
        "pack": lambda row: (row.pack, row.pack),
    },
    words=lambda row: f"{row.label} {row.name} {row.source} {row.version}",
    key=lambda row: f"{row.name}@{row.valid_from}",
)
