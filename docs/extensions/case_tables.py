"""The tables of cases and meetings for the reference: departments, doubtful data, quorums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tables import Section, code

from bangfu.attendance.domain.catalogue import load_roles
from bangfu.cases.queries.quality_table import quality_of_pack
from bangfu.cases.queries.recognition_table import table_of_pack
from bangfu.meetings.api import load_kinds
from bangfu.rules.api import load_pack
from bangfu.teams.api import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.meetings.domain.kinds import Kind, NamedShare

PACK = "sichuan"


def departments() -> list[Section]:
    """The departments of the comparison, in the order in which they are asked."""
    listed = table_of_pack(load_pack(PACK)).departments.values()
    rows = [
        [code(each.code), each.text.zh, each.text.en, "yes" if each.spared else ""]
        for each in listed
    ]
    return [("", ["Department", "In Chinese", "English", "Spared on dibao"], rows)]


def flags() -> list[Section]:
    """What a department may find, which then has to be explained."""
    headers = ["Found", "In Chinese", "English", "By", "Source", ""]
    listed = table_of_pack(load_pack(PACK)).flags.values()
    rows = [
        [
            code(each.code),
            each.text.zh,
            each.text.en,
            code(each.department),
            each.source,
            "unverified" if each.unverified else "",
        ]
        for each in listed
    ]
    return [("", headers, rows)]


def quality_rules() -> list[Section]:
    """The rules of doubtful data, with the guards that keep a case from it."""
    headers = ["Rule", "In Chinese", "English", "About", "What to do", "Guards of the same"]
    table = quality_of_pack(load_pack(PACK))
    rows = [
        [
            code(each.code),
            each.label.zh,
            each.label.en,
            code(each.applies_to),
            each.remedy.en,
            ", ".join(code(guard) for guard in each.guards),
        ]
        for each in (table.rules.values() if table else ())
    ]
    return [("", headers, rows)]


def _share(share: NamedShare) -> str:
    words = "more than " if share.more_than else ""
    return f"{words}{code(share.part)} of {code(share.of)}"


def _kind(kind: Kind, roles: dict[str, str]) -> list[str]:
    members = ", ".join(name for role, name in roles.items() if role in kind.members)
    counted = "ticked by name" if kind.named else "signatures counted"
    return [code(kind.code), kind.label.zh, members, counted, _share(kind.quorum), kind.law.en]


def meeting_kinds() -> list[Section]:
    """Kinds of meetings with who counts and when they may decide; the majority last."""
    table = load_kinds()
    roles = {name: words.en for name, words in table.roles.items()}
    headers = ["Kind", "In Chinese", "Who counts", "How", "Quorum", "Law"]
    rows = [_kind(each, roles) for each in table.kinds.values()]
    passed = [["", "通过", "those present", "", _share(table.majority), ""]]
    return [("", headers, rows + passed)]


def resident_roles() -> list[Section]:
    """Whose attendance is kept."""
    listed, teams = load_roles(), load_catalogue()
    rows = [
        [code(each), teams.label("duty_role", each, "zh"), kept]
        for names, kept in ((listed.resident, "by the day"), (listed.groups, "as a team"))
        for each in names
    ]
    return [("", ["Role", "In Chinese", "Kept"], rows)]


CASE_TABLES: dict[str, Callable[[], list[Section]]] = {
    "comparison-departments": departments,
    "comparison-flags": flags,
    "quality-rules": quality_rules,
    "meeting-kinds": meeting_kinds,
    "resident-roles": resident_roles,
}
