"""A procedure as a table: states, moves, guards, limits. The single source of behaviour.

Buttons, refusals, deadlines, diagrams, the permission page and the whole-matrix test all read
these values; nothing about a procedure is said anywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bangfu.kernel.division import Level
    from bangfu.rules.expressions import Expression

OPENING: Final = "open"
"""The name under which the first row of a matter's history stands."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words in both languages."""

    zh: str
    en: str

    def text(self, language: str) -> str:
        """The words in the reader's language; Chinese for every tag that begins with `zh`."""
        return self.zh if language.startswith("zh") else self.en


class DayKind(StrEnum):
    """What a limit counts."""

    WORKING = "working_days"
    CALENDAR = "calendar_days"


class CountedFrom(StrEnum):
    """The day a limit begins after."""

    ENTERED = "entered"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit. How many days is a parameter of the pack, by date and division."""

    parameter: str
    kind: DayKind
    counted_from: CountedFrom = CountedFrom.ENTERED


@dataclass(frozen=True, slots=True)
class Notice:
    """A public notice that must hang while a matter is in a state."""

    label: Label
    place: Label
    limit: Limit


@dataclass(frozen=True, slots=True)
class Tell:
    """Who hears of a matter that is overdue: the tier, and from how many working days on."""

    after: int
    tier: Level


@dataclass(frozen=True, slots=True)
class State:
    """Where a matter can be. A final state closes it.

    Attributes:
        limit: how long it may last. notice: what hangs meanwhile.
        escalates: which tiers are told when the limit has run out, the soonest first.
    """

    name: str
    label: Label
    final: bool = False
    limit: Limit | None = None
    notice: Notice | None = None
    escalates: tuple[Tell, ...] = ()


class FactType(StrEnum):
    """What a fact is, and who knows it.

    Flags, counts, codes and amounts (in fen) are the feature's to know; a parameter is read by the
    engine from the pack, for the matter's division on the day of the move; a household fact is one
    of the pack's own facts, found by the feature.
    """

    FLAG = "flag"
    COUNT = "count"
    CODE = "code"
    AMOUNT = "amount"
    PARAMETER = "parameter"
    HOUSEHOLD_FACT = "household_fact"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a guard may look at. An asked fact is filled in with the move itself.

    Attributes:
        list: of a code, its list.
        of: of a parameter or household fact, its name in the pack.
        unit: the unit of the pack's value, where the table says so; empty when the guards tell.
    """

    name: str
    type: FactType
    label: Label
    asked: bool = False
    list: str = ""
    of: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition that must be true, and the reason given when it is not."""

    name: str
    condition: Expression
    reason: Label
    law: str = ""


class PaperOrigin(StrEnum):
    """Where a paper comes from: somebody brings it, the product issues it, a meeting leaves it."""

    UPLOAD = "upload"
    ISSUED = "issued"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that must be there."""

    name: str
    label: Label
    origin: PaperOrigin = PaperOrigin.UPLOAD


@dataclass(frozen=True, slots=True)
class Move:
    """One way from state to state.

    Attributes:
        sources: the states it leads from.
        target: the state it leads to.
        capability: what the mover must hold for the matter's division.
        tiers: the tiers of the grants that count; others may not, whatever they hold.
        guards: names of the conditions, all of which must be true.
        papers: names of the papers required.
        note_required: whether a written reason is asked for.
        not_after: moves whose makers may not make this one (four eyes); `open` is the opening.
        keeps_due: whether the due day stays as it was (a reassignment buys no time).
        during_notice: whether it may be made before the notice of its state has hung its days.
        law: the source told with every refusal of this move.
        announces: the event told to other features, or empty.
    """

    name: str
    label: Label
    sources: tuple[str, ...]
    target: str
    capability: str
    tiers: frozenset[Level]
    guards: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    note_required: bool = False
    not_after: tuple[str, ...] = ()
    keeps_due: bool = False
    announces: str = ""
    during_notice: bool = False
    law: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a matter begins."""

    state: str
    label: Label
    capability: str
    announces: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of a list that the procedure brings."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class Procedure:
    """A whole table.

    Attributes:
        hash: of its content, comments and order of keys aside. document: the content as JSON.
        reads: the capability that lets people see its matters.
        file: where it stands. lines: part -> its line there (`states.notice`, `guards.quorum`).
    """

    name: str
    version: str
    hash: str
    valid_from: date
    label: Label
    source: str
    reads: str
    opening: Opening
    states: Mapping[str, State]
    moves: Mapping[str, Move]
    guards: Mapping[str, Guard] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    papers: Mapping[str, Paper] = field(default_factory=dict)
    lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    document: str = ""
    file: str = field(default="", compare=False)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)

    def line_of(self, part: str) -> int:
        """The line of a part; the first where it is not known."""
        return self.lines.get(part, 1)

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """The moves that lead from `state`, in the table's order."""
        return tuple(move for move in self.moves.values() if state in move.sources)

    def label_of(self, move: str) -> Label:
        """The words of a move, or of the opening."""
        return self.opening.label if move == OPENING else self.moves[move].label

    def choice(self, name: str, code: str) -> Choice | None:
        """A code of one of the lists, or None."""
        return next((each for each in self.lists.get(name, ()) if each.code == code), None)
