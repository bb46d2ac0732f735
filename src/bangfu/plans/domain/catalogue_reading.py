"""Reads the chain's `measures.yaml`; refuses it with every problem found, each with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bangfu.plans.domain.catalogue import FILE, Catalogue, Content, Family, RiskRow
from bangfu.rules.reading import Unreadable, read_entry
from bangfu.rules.refusals import PackInvalid
from bangfu.rules.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from bangfu.kernel.problems import Problem
    from bangfu.rules.layout import Layout
    from bangfu.rules.reading import Entry

LABOUR_LIST: Final = "labour"
RISK_LIST: Final = "risk_type"
_TOP: Final = frozenset({"version", "source"})
_PARTS: Final = frozenset({
    "families", "risks", "labour", "with_labour", "without_labour", "monitored", "allowances",
})  # fmt: skip
_SINGLE: Final = ("labour", "with_labour", "without_labour", "monitored", "allowances")
_FAMILY: Final = frozenset({"developmental", "safety_net", "derived", "cap", "unverified"})
_ROW: Final = frozenset({"needs", "source"})
_ROW_MAY: Final = frozenset({"contents", "guarantee", "unverified"})


class _Reader:
    """Gathers the chain's files, the widest first; a later one adds and never rewrites."""

    def __init__(self, layout: Layout, parameters: Container[str], risks: Container[str]) -> None:
        self._layout, self._parameters, self._risks = layout, parameters, risks
        self.problems: list[Problem] = []
        self.families: dict[str, Family] = {}
        self.risks: dict[str, RiskRow] = {}
        self.single: dict[str, Entry] = {}
        self._files: list[Mapping[str, Entry]] = []

    def open(self, text: str, file: str) -> None:
        """Read a file's families; what names them waits until all are known."""
        try:
            fields = read_entry(text, file).fields(_TOP, _PARTS)
        except Unreadable as unreadable:
            self.problems.append(unreadable.problem)
            return
        self._files.append(fields)
        self._each(fields.get("families"), self._family)
        for name in _SINGLE:
            if name in fields:
                self._try(self._take, name, fields[name])

    def close(self) -> None:
        """Read the risks of every file."""
        for fields in self._files:
            self._each(fields.get("risks"), self._row)

    def _take(self, name: str, entry: Entry) -> None:
        if name in self.single:
            raise entry.refusal("pack.doubled", name=name)
        self.single[name] = entry

    def _each(self, entry: Entry | None, read: Callable[[str, Entry], None]) -> None:
        if entry is None:
            return
        try:
            pairs = entry.entries()
        except Unreadable as unreadable:
            self.problems.append(unreadable.problem)
            return
        for name, each in pairs:
            self._try(read, name, each)

    def _try(self, read: Callable[[str, Entry], None], name: str, entry: Entry) -> None:
        try:
            read(name, entry)
        except Unreadable as unreadable:
            self.problems.append(unreadable.problem)

    def _family(self, code: str, entry: Entry) -> None:
        if code in self.families:
            raise entry.refusal("pack.doubled", name=code)
        fields = entry.fields(frozenset({"name"}), _FAMILY)
        cap = fields["cap"].text() if "cap" in fields else ""
        if cap and cap not in self._parameters:
            raise fields["cap"].refusal("pack.unknown_parameter", name=cap, near="—")
        self.families[code] = Family(
            code=code, text=fields["name"].words(), developmental=_truth(fields, "developmental"),
            safety_net=_truth(fields, "safety_net"), derived=_truth(fields, "derived"), cap=cap,
        )  # fmt: skip

    def _row(self, code: str, entry: Entry) -> None:
        if code in self.risks:
            raise entry.refusal("pack.doubled", name=code)
        if code not in self._risks and self._layout.lists[RISK_LIST].find(code) is None:
            raise entry.refusal("pack.unknown_risk", risk=code)
        fields = entry.fields(_ROW, _ROW_MAY)
        needs = tuple(self._named(each) for each in fields["needs"].items())
        self.risks[code] = RiskRow(
            code=code, needs=needs, source=fields["source"].text(),
            contents=self.contents(fields["contents"]) if "contents" in fields else (),
            guarantee=_truth(fields, "guarantee"), unverified=_truth(fields, "unverified"),
        )  # fmt: skip

    def _named(self, entry: Entry) -> str:
        """A family that measures can be of."""
        family = self.families.get(entry.text())
        if family is None or family.derived:
            raise entry.refusal("plans.unknown_family", family=entry.text())
        return family.code

    def contents(self, entry: Entry) -> tuple[Content, ...]:
        """What is usually done, each `{family, zh, en}`."""
        found = []
        for each in entry.items():
            fields = each.fields(frozenset({"family", "zh", "en"}), frozenset())
            words = Text(fields["zh"].text().strip(), fields["en"].text().strip())
            if not (words.zh and words.en):
                raise each.refusal("pack.empty_text")
            found.append(Content(self._named(fields["family"]), words))
        return tuple(found)

    def labour(self) -> frozenset[str]:
        """The codes of labour that make a household one with labour."""
        if "labour" not in self.single:
            return frozenset()
        may = frozenset({"unverified"})
        fields = self.single["labour"].fields(frozenset({"codes", "source"}), may)
        for each in fields["codes"].items():
            if self._layout.lists[LABOUR_LIST].find(each.text()) is None:
                raise each.refusal("pack.unknown_code", list=LABOUR_LIST, code=each.text())
        return frozenset(fields["codes"].texts())

    def monitored(self) -> dict[str, tuple[str, ...]]:
        """Items of the household with the codes that say that it is being helped."""
        if "monitored" not in self.single:
            return {}
        items = {each.name: each for each in self._layout.items["household"]}
        found = {}
        for name, entry in self.single["monitored"].entries():
            if name not in items or not items[name].list:
                raise entry.refusal("pack.unknown_field", name=name, near="—")
            listed = self._layout.lists[items[name].list]
            for each in entry.items():
                if listed.find(each.text()) is None:
                    raise each.refusal("pack.unknown_code", list=listed.name, code=each.text())
            found[name] = entry.texts()
        return found

    def allowances(self) -> tuple[str, ...]:
        """Items of members that say that they receive an allowance."""
        if "allowances" not in self.single:
            return ()
        items = {each.name for each in self._layout.items["member"]}
        for each in self.single["allowances"].items():
            if each.text() not in items:
                raise each.refusal("pack.unknown_field", name=each.text(), near="—")
        return self.single["allowances"].texts()

    def listed(self, name: str) -> tuple[Content, ...]:
        """The contents under a name of the file's top."""
        return self.contents(self.single[name]) if name in self.single else ()


def _truth(fields: Mapping[str, Entry], name: str) -> bool:
    return name in fields and fields[name].truth()


def read_catalogue(
    texts: Sequence[tuple[str, str]],
    layout: Layout,
    parameters: Container[str],
    risks: Container[str],
) -> Catalogue:
    """The catalogue of a chain.

    Args:
        texts: (pack, text) of each `measures.yaml`, the widest pack first.
        layout: the register's, for codes and items.
        parameters, risks: the names the pack has.

    Raises:
        PackInvalid: with every row's first problem, with file and line.
    """
    reader = _Reader(layout, parameters, risks)
    for pack, text in texts:
        reader.open(text, f"{pack}/{FILE}")
    reader.close()
    try:
        found = Catalogue(
            families=reader.families, risks=reader.risks, labour=reader.labour(),
            with_labour=reader.listed("with_labour"), monitored=reader.monitored(),
            without_labour=reader.listed("without_labour"), allowances=reader.allowances(),
        )  # fmt: skip
    except Unreadable as unreadable:
        reader.problems.append(unreadable.problem)
    else:
        if not reader.problems:
            return found
    raise PackInvalid(*reader.problems)
