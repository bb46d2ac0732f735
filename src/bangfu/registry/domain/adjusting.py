"""Dynamic adjustment (动态调整): what a change of a household does to documents.

A change is a value: who joins or leaves, who becomes head, who splits off, which households merge,
where one moves, what is put right. Applied to the documents of the households it names, it gives
their documents afterwards, or is refused. Every result keeps what the forms demand: one head of
the name the household carries, a size that counts its members, no person number twice. A document
without members is a household that has left the rolls; it stays in the register with its history.

Households are named by their number, people by their person number: both are for life.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from bangfu.kernel.problems import Problem, Refused
from bangfu.registry.domain.document import Document, member_key
from bangfu.registry.domain.items import HOUSEHOLD_NUMBER, PERSON_NUMBER, items_of

if TYPE_CHECKING:
    from collections.abc import Iterable

HEAD: Final = "head"
RELATION: Final = "relation"
INCREASE: Final = "member_increase"
DECREASE: Final = "member_decrease"
"""The code lists of reasons for joining and leaving."""

Documents = Mapping[str, Document]
"""Documents by household number."""


class AdjustmentKind(StrEnum):
    """What a change is."""

    JOIN = "join"
    LEAVE = "leave"
    CHANGE_HEAD = "change_head"
    SPLIT = "split"
    MERGE = "merge"
    MOVE = "move"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Join:
    """Somebody becomes a member.

    Attributes:
        member: their items by name, secrets as leaves, without a row id.
        reason: a code of `member_increase`.
    """

    household: str
    member: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, slots=True)
class Leave:
    """A member leaves.

    Attributes:
        person: their person number.
        reason: a code of `member_decrease`.
        head: who becomes head when the head leaves and others stay.
        relations: how everybody who stays is related to the new head, by person number.
    """

    household: str
    person: str
    reason: str
    head: str = ""
    relations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangeHead:
    """Another member becomes head; `relations` are everybody else's to the new one."""

    household: str
    head: str
    relations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Split:
    """Some members become a household of their own.

    Attributes:
        people: who goes, by person number; the old household's head stays.
        number: the new household's number.
        head: who of them becomes head.
        relations: the others' relations to the new head.
        group: the new household's villagers' group; empty for the old one's.
        village: its village; empty for the old one's.
    """

    household: str
    people: tuple[str, ...]
    number: str
    head: str
    relations: Mapping[str, str]
    group: str = ""
    village: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """Every member of a household becomes one of another, which stays.

    `relations` are theirs to the head of `target`, by person number.
    """

    household: str
    target: str
    relations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Move:
    """The household is registered in another place, or lives in another; empty stays as it is."""

    household: str
    village: str = ""
    group: str = ""
    living: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """One item put right.

    Attributes:
        section: `household`, `members` or `incomes`.
        key: the person number, or purpose and year; empty for the household.
        before, after: the values; None is unknown. A secret's value is its leaf.
    """

    section: str
    key: str
    item: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Correct:
    """Items of a household, its members or its income statements are put right."""

    household: str
    corrections: tuple[Correction, ...]


Change = Join | Leave | ChangeHead | Split | Merge | Move | Correct

KINDS: Final[Mapping[type[Any], AdjustmentKind]] = MappingProxyType(
    {
        Join: AdjustmentKind.JOIN,
        Leave: AdjustmentKind.LEAVE,
        ChangeHead: AdjustmentKind.CHANGE_HEAD,
        Split: AdjustmentKind.SPLIT,
        Merge: AdjustmentKind.MERGE,
        Move: AdjustmentKind.MOVE,
        Correct: AdjustmentKind.CORRECT,
    }
)
"""The kind of each type of change."""


def kind_of(change: Change) -> AdjustmentKind:
    """What the change is."""
    return KINDS[type(change)]


def existing_households(change: Change) -> tuple[str, ...]:
    """The numbers of the households a change needs; a split's new one is not among them."""
    if isinstance(change, Merge):
        return change.household, change.target
    return (change.household,)


DERIVED: Final = frozenset({HOUSEHOLD_NUMBER, "size", "head_name"})
MOVED: Final = frozenset({"village_code", "group_name", "living_code"})
FIXED: Final = frozenset({PERSON_NUMBER, "income_year", "income_purpose"})
"""What a correction may not touch: what follows from members, what a move is for, what names."""


def can_correct(section: str, item: str) -> bool:
    """Whether an item of a section may be put right by a correction."""
    untouched = FIXED if section != "household" else DERIVED | MOVED
    return item in items_of(section) and item not in untouched


def apply_to(change: Change, documents: Documents) -> dict[str, Document]:
    """The documents afterwards, of every household the change touches.

    Args:
        change: what is to happen.
        documents: at least those of `existing_households`; they are left as they are.

    Raises:
        Refused: when the households do not admit it, with every code of `registry.adjusting`.
    """
    households = [documents.get(number) for number in existing_households(change)]
    if any(each is None or not each["members"] for each in households):
        raise Refused(Problem("registry.off_the_rolls"))
    made = _STEPS[type(change)](change, documents)
    return {number: _settled(document) for number, document in made.items()}


def _settled(document: Document) -> Document:
    """The document with what follows from its members; who left the rolls keeps the last name.

    Raises:
        Refused: when there is not one head.
    """
    members = sorted(document["members"], key=member_key)
    heads = [row for row in members if row.get(RELATION) == HEAD]
    if members and not heads:
        raise Refused(Problem("registry.head_leaves"))
    if len(heads) > 1:
        raise Refused(Problem("registry.two_heads"))
    household = {**document["household"], "size": len(members)}
    if heads:
        household["head_name"] = heads[0]["name"]
    return Document(household=household, members=members, incomes=document["incomes"])


def _with_members(document: Document, members: Iterable[dict[str, Any]]) -> Document:
    return Document(
        household=document["household"], members=list(members), incomes=document["incomes"]
    )


def _find(document: Document, person: str) -> dict[str, Any]:
    for row in document["members"]:
        if member_key(row) == person:
            return row
    raise Refused(Problem("registry.not_a_member", values={"person": person}))


def _related(
    rows: Iterable[Mapping[str, Any]], head: str, relations: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The rows with their relations to `head`.

    Raises:
        Refused: when somebody's relation is missing, or somebody else is called head.
    """
    made = []
    for row in rows:
        number = row[PERSON_NUMBER]
        relation = HEAD if number == head else relations.get(number, "")
        if not relation:
            raise Refused(Problem("registry.relation_missing", values={"name": row["name"]}))
        made.append({**row, RELATION: relation})
    return made


def _join(change: Join, documents: Documents) -> dict[str, Document]:
    before = documents[change.household]
    number = change.member[PERSON_NUMBER]
    if any(member_key(row) == number for row in before["members"]):
        raise Refused(Problem("registry.person_there", values={"person": number}))
    if change.member.get(RELATION) == HEAD:
        raise Refused(Problem("registry.two_heads"))
    member = {**change.member, "change_reason": change.reason}
    return {change.household: _with_members(before, [*before["members"], member])}


def _leave(change: Leave, documents: Documents) -> dict[str, Document]:
    before = documents[change.household]
    gone = _find(before, change.person)
    staying = [row for row in before["members"] if row is not gone]
    if change.head and staying:
        _find(_with_members(before, staying), change.head)
        staying = _related(staying, change.head, change.relations)
    return {change.household: _with_members(before, staying)}


def _change_head(change: ChangeHead, documents: Documents) -> dict[str, Document]:
    before = documents[change.household]
    if _find(before, change.head).get(RELATION) == HEAD:
        raise Refused(Problem("registry.head_already"))
    members = _related(before["members"], change.head, change.relations)
    return {change.household: _with_members(before, members)}


def _split(change: Split, documents: Documents) -> dict[str, Document]:
    before = documents[change.household]
    if change.number in documents:
        raise Refused(Problem("registry.number_taken", values={"number": change.number}))
    going = [_find(before, person) for person in dict.fromkeys(change.people)]
    staying = [row for row in before["members"] if row not in going]
    if not going or not staying:
        raise Refused(Problem("registry.split_leaves_nobody"))
    _find(_with_members(before, going), change.head)
    household = {
        name: value for name, value in before["household"].items() if name in _CARRIED_ON
    } | {HOUSEHOLD_NUMBER: change.number}
    if change.group:
        household["group_name"] = change.group
    if change.village:
        household["village_code"] = change.village
    fresh = _arrived(_related(going, change.head, change.relations), "split")
    return {
        change.household: _with_members(before, staying),
        change.number: Document(household=household, members=fresh, incomes=[]),
    }


_CARRIED_ON: Final = frozenset(
    {
        "village_code", "group_name", "living_code", "address", "identification_standard",
        "identified_month", "household_type", "poverty_attribute", "exit_flag", "main_cause",
        "other_causes", "relocated", "relocation_mode", "resettlement_site", "lives_in_site",
        "helper_name",
    }
)  # fmt: skip
"""What a household that splits off begins with: where it is and how it was registered.

House, land, income, risks and accounts are asked anew; until then they are unknown.
"""


def _arrived(rows: Iterable[dict[str, Any]], reason: str) -> list[dict[str, Any]]:
    return [{**row, "change_reason": reason} for row in rows]


def _merge(change: Merge, documents: Documents) -> dict[str, Document]:
    before, target = documents[change.household], documents[change.target]
    if change.household == change.target:
        raise Refused(Problem("registry.merge_with_itself"))
    coming = _arrived(_related(before["members"], "", change.relations), "merged")
    if any(row[RELATION] == HEAD for row in coming):
        raise Refused(Problem("registry.two_heads"))
    return {
        change.household: _with_members(before, ()),
        change.target: _with_members(target, [*target["members"], *coming]),
    }


def _move(change: Move, documents: Documents) -> dict[str, Document]:
    before = documents[change.household]
    wished = {
        "village_code": change.village,
        "group_name": change.group,
        "living_code": change.living,
    }
    places = {name: value for name, value in wished.items() if value}
    after = {**before["household"], **places}
    if after == before["household"]:
        raise Refused(Problem("registry.nothing_changes"))
    return {
        change.household: Document(
            household=after, members=before["members"], incomes=before["incomes"]
        )
    }


def rows_of(document: Document, section: str) -> dict[str, dict[str, Any]]:
    """The rows of a section by what names them; the household's own row by the empty text."""
    if section == "household":
        return {"": document["household"]}
    if section == "members":
        return {member_key(row): row for row in document["members"]}
    return {f"{row['income_purpose']} {row['income_year']}": row for row in document["incomes"]}


def _correct(change: Correct, documents: Documents) -> dict[str, Document]:
    before = documents[change.household]
    changed: dict[tuple[str, str], dict[str, Any]] = {}
    for each in change.corrections:
        if not can_correct(each.section, each.item):
            raise Refused(Problem("registry.not_to_correct", values={"item": each.item}))
        rows = rows_of(before, each.section)
        if each.key not in rows:
            raise Refused(Problem("registry.row_gone", values={"item": each.item}))
        row = changed.setdefault((each.section, each.key), dict(rows[each.key]))
        row.pop(each.item, None)
        if each.after is not None:
            row[each.item] = each.after
    if not changed:
        raise Refused(Problem("registry.nothing_changes"))

    def put_right(section: str) -> list[dict[str, Any]]:
        found = rows_of(before, section)
        return [changed.get((section, key), row) for key, row in found.items()]

    (household,) = put_right("household")
    members, incomes = put_right("members"), put_right("incomes")
    return {change.household: Document(household=household, members=members, incomes=incomes)}


_STEPS: Final[Mapping[type[Any], Any]] = MappingProxyType(
    {
        Join: _join,
        Leave: _leave,
        ChangeHead: _change_head,
        Split: _split,
        Merge: _merge,
        Move: _move,
        Correct: _correct,
    }
)
