"""The tables of people and postings for the reference: roles, code lists, columns of the sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tables import Section, code, kind_of, notes_of

from bangfu.teams.api import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.teams.api import Role


def _notes(role: Role) -> str:
    said = [
        (role.sole, "one person at a time"),
        (role.cell, "in a cell of the grid"),
        (role.sends, "sent by an organisation"),
        (role.expected, "every village with households should have one"),
        (bool(role.notice_days), f"end told {role.notice_days} days before"),
        (role.unverified, "unverified"),
    ]
    return ", ".join(words for holds, words in said if holds)


def team_roles() -> list[Section]:
    """Every role with where it may be held."""
    catalogue = load_catalogue()
    rows = [
        [
            code(role.name),
            catalogue.label("duty_role", role.name, "zh"),
            catalogue.label("duty_role", role.name, "en"),
            ", ".join(tier.name.lower() for tier in role.tiers),
            _notes(role),
        ]
        for role in catalogue.roles.values()
    ]
    return [("", ["Role", "In the sheet", "English", "Tiers", "Notes"], rows)]


def team_lists() -> list[Section]:
    """The other code lists of the sheets."""
    return [
        (
            name,
            ["Code", "In the sheet", "English"],
            [[code(each.code), each.zh, each.en] for each in listed.codes],
        )
        for name, listed in load_catalogue().lists.items()
        if name != "duty_role"
    ]


def team_items() -> list[Section]:
    """The columns of the sheets."""
    headers = ["Item", "Column in the sheet", "English", "Holds", "Notes"]
    return [
        (
            f"{layout.sheets[kind]['zh']} ({layout.sheets[kind]['en']})",
            headers,
            [[code(x.name), x.zh, x.en, kind_of(x), notes_of(x)] for x in layout.items[kind]],
        )
        for kind, layout in load_catalogue().layouts.items()
    ]


TEAM_TABLES: dict[str, Callable[[], list[Section]]] = {
    "team-roles": team_roles,
    "team-lists": team_lists,
    "team-items": team_items,
}
