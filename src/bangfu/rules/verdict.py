"""What a rule says about a household, and the values people may check it by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bangfu.rules.wording import show_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bangfu.rules.kinds import Kind
    from bangfu.rules.layout import CodeList, Language
    from bangfu.rules.text import Text
    from bangfu.rules.tree import Tree
    from bangfu.rules.values import Value


class Outcome(StrEnum):
    """The three answers of a rule."""

    FIRED = "fired"
    CLEAR = "clear"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, truth: bool | None) -> Outcome:
        """The outcome for a condition's truth."""
        return cls.UNKNOWN if truth is None else cls.FIRED if truth else cls.CLEAR


@dataclass(frozen=True, slots=True)
class Evidence:
    """One value a rule looked at.

    Attributes:
        name: the item, fact or parameter. label: its name for people.
        value: None when it is not known; a `Range` when members' answers are missing.
        unit: the pack's unit word, empty for codes, truths and plain numbers.
        operator, limit: the comparison the rule makes with it (`in` with a tuple of codes);
            empty and None when it makes none.
        limit_name: the parameter or fact the limit is, when it is just that.
    """

    name: str
    label: Text
    value: Value
    unit: str
    kind: Kind
    operator: str = ""
    limit: Value = None
    limit_name: str = ""
    codes: CodeList | None = None

    def shown(self, language: Language) -> str:
        """The value as people read it: `8,500 元`, `2 至 3 人`, `C级`, `未知`."""
        return show_value(self.value, self.unit, self.codes, language)

    def limit_shown(self, language: Language) -> str:
        """The limit as people read it; empty when the rule compares it with nothing."""
        return show_value(self.limit, self.unit, self.codes, language) if self.operator else ""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in parts: the wording with named places, and the values for them."""

    text: Text
    values: Mapping[str, Evidence]

    def in_language(self, language: Language) -> str:
        """The finished sentence."""
        shown = {name: evidence.shown(language) for name, evidence in self.values.items()}
        return self.text.of(language).format_map(shown)


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that is not known and keeps a rule from an answer.

    Attributes:
        name: an item, a parameter, or the trigger of lists that were never received.
        of_members, of_reports: an item that some member, or some report, lacks.
        is_parameter: it has no value on the day. is_feed: no such list was received.
    """

    name: str
    label: Text
    of_members: bool = False
    is_parameter: bool = False
    of_reports: bool = False
    is_feed: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule's answer about one household."""

    rule: str
    outcome: Outcome
    evidence: tuple[Evidence, ...]
    reason: Message
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """How a rule shows one name: everything about it that no household changes.

    Attributes:
        operator, other: what the rule holds it against; empty and None when nothing.
    """

    name: str
    label: Text
    unit: str
    kind: Kind
    codes: CodeList | None
    operator: str = ""
    other: Tree | tuple[int | str, ...] | None = None


@dataclass(frozen=True, slots=True)
class RulePlan:
    """What a rule shows, and its sentence by outcome with the names that have a place in it."""

    shows: tuple[str, ...]
    names: Mapping[str, Shown]
    sentences: Mapping[Outcome, tuple[Text, tuple[str, ...]]]
