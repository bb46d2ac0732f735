"""Kinds of meetings and roles at them, read from `packs/register/meetings.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from bangfu.meetings.domain.counting import Share

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Words:
    """Words in both languages."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """The words in the reader's language."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class NamedShare:
    """A share whose numbers are parameters of the pack."""

    part: str
    of: str
    more_than: bool

    def under(self, parameters: Mapping[str, int]) -> Share | None:
        """The share by the parameters of a day and place; None when one has no value there."""
        part, of = parameters.get(self.part), parameters.get(self.of)
        return None if part is None or of is None else Share(part, of, self.more_than)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of meeting; see the head of `meetings.yaml`."""

    code: str
    label: Words
    members: frozenset[str]
    named: bool
    quorum: NamedShare
    law: Words


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything of the table. Roles are in its order."""

    kinds: Mapping[str, Kind]
    roles: Mapping[str, Words]
    majority: NamedShare


def _kind(row: dict[str, Any]) -> Kind:
    quorum = row["quorum"]
    return Kind(
        code=row["code"],
        label=Words(row["zh"], row["en"]),
        members=frozenset(row["members"]),
        named=row.get("named", False),
        quorum=NamedShare(quorum["present"], quorum["of"], quorum.get("more_than", False)),
        law=Words(**row["law"]),
    )


@cache
def load_kinds() -> Catalogue:
    """The table that this version of the product carries."""
    path = files("bangfu") / "packs" / "register" / "meetings.yaml"
    table = yaml.safe_load(path.read_text(encoding="utf-8"))
    majority = table["majority"]
    return Catalogue(
        kinds={row["code"]: _kind(row) for row in table["kinds"]},
        roles={row["code"]: Words(row["zh"], row["en"]) for row in table["roles"]},
        majority=NamedShare(majority["favour"], majority["of"], more_than=True),
    )
