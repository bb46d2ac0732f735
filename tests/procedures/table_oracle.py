"""What the shipped tables say, read and judged without any of the product's own code.

The whole-matrix test holds the engine against this: plain YAML, a small evaluator of conditions
in Kleene's three values, and the roles and parameters as they stand in the packs' files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

PACKS: Final = files("bangfu") / "packs"
CHAIN: Final = ("nation", "sichuan")
TIERS: Final = {
    "nation": 0,
    "province": 2,
    "prefecture": 4,
    "county": 6,
    "township": 9,
    "village": 12,
}
_TOKEN: Final = re.compile(
    r'\s*(?:(\d+)|"([^"]*)"|([A-Za-z_]\w*)|(&&|\|\||[=!<>]=|[-+*!<>()\[\],?:]))'
)
_HUNDREDTHS: Final = {"yuan", "mu", "sqm", "km"}


def table_files() -> list[str]:
    """Every procedure table of the packs: `nation/procedures/clue.yaml`."""
    return sorted(
        f"{pack}/procedures/{each.name}"
        for pack in CHAIN
        if (PACKS / pack / "procedures").is_dir()
        for each in (PACKS / pack / "procedures").iterdir()
        if each.name.endswith(".yaml")
    )


@cache
def table(path: str) -> dict[str, Any]:
    """A table as plain YAML."""
    return dict(yaml.safe_load((PACKS / path).read_text(encoding="utf-8")))


@cache
def roles() -> dict[str, dict[str, Any]]:
    """The roles as plain YAML."""
    text = (PACKS / "register" / "roles.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text)["roles"])


@cache
def _parameters() -> dict[str, tuple[str, list[tuple[date, date | None, str, Any]]]]:
    found: dict[str, tuple[str, list[tuple[date, date | None, str, Any]]]] = {}
    for pack in CHAIN:
        scope = yaml.safe_load((PACKS / pack / "pack.yaml").read_text(encoding="utf-8"))["scope"]
        for file in (PACKS / pack / "parameters").iterdir():
            for name, each in yaml.safe_load(file.read_text(encoding="utf-8")).items():
                found.setdefault(name, (each.get("unit", ""), []))[1].extend(
                    (value["from"], value.get("to"), value.get("scope", scope), value["value"])
                    for value in each.get("values") or ()
                )
    return found


def parameter(name: str, day: date, division: str) -> int | None:
    """A parameter's value in a place on a day, amounts in fen; None when nobody set it."""
    unit, values = _parameters()[name]
    holding = [
        (len(scope), value)
        for start, end, scope, value in values
        if start <= day and (end is None or day < end) and division.startswith(scope)
    ]
    if not holding:
        return None
    value = max(holding)[1]
    return round(float(value) * 100) if unit.partition("/")[0] in _HUNDREDTHS else int(value)


class Condition:
    """A condition, evaluated by descent; None is "not known"."""

    def __init__(self, text: str) -> None:
        self.names: set[str] = set()
        self.numbers: set[int] = set()
        self._tokens = [match.groups() for match in _TOKEN.finditer(text.strip())]
        self._at = 0
        self._rule = self._choice()
        assert self._at == len(self._tokens), text

    def judge(self, facts: Mapping[str, Any]) -> bool | None:
        """True, false or not known."""
        found: bool | None = self._rule(facts)
        return found

    def _peek(self) -> str:
        return (self._tokens[self._at][3] or "") if self._at < len(self._tokens) else ""

    def _word(self) -> str:
        return (self._tokens[self._at][2] or "") if self._at < len(self._tokens) else ""

    def _take(self, sign: str) -> bool:
        if self._peek() != sign:
            return False
        self._at += 1
        return True

    def _choice(self) -> Callable[[Mapping[str, Any]], Any]:
        test = self._either()
        if not self._take("?"):
            return test
        then = self._choice()
        assert self._take(":")
        otherwise = self._choice()
        return lambda facts: (
            None if test(facts) is None else then(facts) if test(facts) else otherwise(facts)
        )

    def _either(self) -> Callable[[Mapping[str, Any]], Any]:
        left = self._both()
        while self._take("||"):
            left = self._or(left, self._both())
        return left

    @staticmethod
    def _or(left: Callable[..., Any], right: Callable[..., Any]) -> Callable[..., Any]:
        def judge(facts: Mapping[str, Any]) -> bool | None:
            sides = (left(facts), right(facts))
            return True if True in sides else None if None in sides else False

        return judge

    def _both(self) -> Callable[[Mapping[str, Any]], Any]:
        left = self._comparison()
        while self._take("&&"):
            left = self._and(left, self._comparison())
        return left

    @staticmethod
    def _and(left: Callable[..., Any], right: Callable[..., Any]) -> Callable[..., Any]:
        def judge(facts: Mapping[str, Any]) -> bool | None:
            sides = (left(facts), right(facts))
            return False if False in sides else None if None in sides else True

        return judge

    def _comparison(self) -> Callable[[Mapping[str, Any]], Any]:
        left = self._sum()
        if self._word() == "in":
            self._at += 1
            return self._known(lambda one, many: one in many, left, self._listing())
        for sign, compare in _COMPARISONS.items():
            if self._take(sign):
                return self._known(compare, left, self._sum())
        return left

    def _sum(self) -> Callable[[Mapping[str, Any]], Any]:
        left = self._product()
        while self._peek() in {"+", "-"}:
            plus = self._take("+")
            if not plus:
                self._take("-")
            left = self._known(
                (lambda a, b: a + b) if plus else (lambda a, b: a - b), left, self._product()
            )
        return left

    def _product(self) -> Callable[[Mapping[str, Any]], Any]:
        left = self._unary()
        while self._take("*"):
            left = self._known(lambda a, b: a * b, left, self._unary())
        return left

    @staticmethod
    def _known(
        compute: Callable[[Any, Any], Any], left: Callable[..., Any], right: Callable[..., Any]
    ) -> Callable[..., Any]:
        def judge(facts: Mapping[str, Any]) -> Any:
            one, other = left(facts), right(facts)
            return None if one is None or other is None else compute(one, other)

        return judge

    def _unary(self) -> Callable[[Mapping[str, Any]], Any]:
        if self._take("!"):
            inner = self._unary()
            return lambda facts: None if inner(facts) is None else not inner(facts)
        if self._take("("):
            inside = self._choice()
            assert self._take(")")
            return inside
        number, text, name, _ = self._tokens[self._at]
        self._at += 1
        if number is not None:
            self.numbers.add(int(number))
            return lambda _: int(number)
        if text is not None:
            return lambda _: text
        if name in {"true", "false"}:
            return lambda _: name == "true"
        self.names.add(name)
        return lambda facts: facts.get(name)

    def _listing(self) -> Callable[[Mapping[str, Any]], Any]:
        assert self._take("[")
        values = []
        while not self._take("]"):
            values.append(self._unary()({}))
            self._take(",")
        return lambda _: values


_COMPARISONS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
}


@cache
def condition(text: str) -> Condition:
    """A condition, read once."""
    return Condition(text)


@dataclass(frozen=True)
class Try:
    """One attempt: what is known and at hand, and what was done before."""

    name: str
    facts: dict[str, Any] = field(default_factory=dict)
    papers: frozenset[str] = frozenset()
    note: str = ""
    own: str = ""
    """A move that the same person made before."""
    hangs: bool = False
    """Whether the notice still hangs its days."""


class Judge:
    """What the table answers, for a day and a place."""

    def __init__(self, path: str, day: date, division: str) -> None:
        self.table = table(path)
        self.facts = self.table.get("facts", {})
        self._day, self._division = day, division

    def numbers(self) -> dict[str, int]:
        """The parameters that are set, by the names of the facts they stand for."""
        named = {
            name: parameter(each["parameter"], self._day, self._division)
            for name, each in self.facts.items()
            if each["type"] == "parameter"
        }
        return {name: value for name, value in named.items() if value is not None}

    def guards_of(self, move: str) -> dict[str, Condition]:
        """The conditions of a move by name."""
        guards = self.table["moves"][move].get("guards", ())
        return {name: condition(self.table["guards"][name]["when"]) for name in guards}

    def tier(self, role: str, division: str, move: str) -> str | None:
        """The tier at which a role granted for a division makes a move; None when at none."""
        rights = roles()[role]
        tiers = {number: name for name, number in TIERS.items()}
        own = rights.get("tier") or tiers[len(division)]
        rule = self.table["moves"][move]
        holds = rule["capability"] in rights["capabilities"]
        return own if holds and own in rule["tiers"] else None

    def refusals(self, tier: str | None, state: str, move: str, tried: Try) -> list[str]:
        """The codes of every reason against a move, in order of the alphabet."""
        rule = self.table["moves"][move]
        if tier is None:
            return ["wrong_tier"]
        if state not in rule["from"]:
            return ["wrong_state"]
        return sorted([*self._standing(tier, state, move, tried), *self._filled(move, tried)])

    def standing(self, tier: str | None, state: str, move: str, tried: Try) -> list[str]:
        """The codes of what a button shows before anything is filled in."""
        if tier is None:
            return ["wrong_tier"]
        found = list(self._standing(tier, state, move, tried))
        for guard in self._undecided(tier, move, tried):
            if any(self.facts[name].get("asked") for name in guard):
                found.remove("fact_missing")
        return sorted(found)

    def _known(self, tier: str, tried: Try) -> dict[str, Any]:
        return {**tried.facts, **self.numbers(), "mover_tier": tier}

    def _undecided(self, tier: str, move: str, tried: Try) -> Iterator[set[str]]:
        known = self._known(tier, tried)
        for each in self.guards_of(move).values():
            if each.judge(known) is None:
                yield each.names - known.keys()

    def _standing(self, tier: str, state: str, move: str, tried: Try) -> Iterator[str]:
        rule, states = self.table["moves"][move], self.table["states"]
        if "notice" in states[state] and not rule.get("during_notice") and tried.hangs:
            yield "notice_short"
        target = states[rule["to"]].get("notice")
        if target:
            name = target["limit"]["parameter"]
            if parameter(name, self._day, self._division) is None:
                yield "notice_without_days"
        known = self._known(tier, tried)
        answers = {True: "", False: "guard", None: "fact_missing"}
        for each in self.guards_of(move).values():
            if answer := answers[each.judge(known)]:
                yield answer
        if tried.own in rule.get("not_after", ()):
            yield "four_eyes"

    def _filled(self, move: str, tried: Try) -> Iterator[str]:
        rule = self.table["moves"][move]
        if set(rule.get("papers", ())) - tried.papers:
            yield "paper_missing"
        if rule.get("note_required") and not tried.note.strip():
            yield "note_missing"
