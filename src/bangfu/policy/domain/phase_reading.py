"""Reads `phases.yaml`, and refuses it with every problem found, each with its line."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bangfu.kernel.period import Period, PeriodInvalid
from bangfu.policy.domain.phases import FILE, Category, Form, Phase, Relabel
from bangfu.rules.layout import ItemType
from bangfu.rules.reading import Unreadable, read_entry
from bangfu.rules.refusals import PackInvalid

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import date

    from bangfu.kernel.problems import Problem
    from bangfu.rules.layout import Code, Layout
    from bangfu.rules.reading import Entry

_PHASE: Final = frozenset({"name", "from", "source", "line", "forms", "categories"})
_PHASE_MAY: Final = frozenset({"to", "frozen_from", "unverified", "note", "relabels"})
_FORM: Final = frozenset({"name", "edition", "from", "source"})
_RELABEL: Final = frozenset({"item", "code", "becomes"})


class _PhaseReader:
    """Reads phase after phase against the register's code lists and the pack's parameters."""

    def __init__(self, layout: Layout, parameters: Container[str]) -> None:
        self._parameters = parameters
        self._lists = {
            item.name: layout.lists[item.list]
            for item in layout.items["household"]
            if item.type is ItemType.CODE
        }

    def read(self, code: str, entry: Entry) -> Phase:
        """One phase."""
        fields = entry.fields(_PHASE, _PHASE_MAY)
        period = self._period(fields)
        categories = {
            item: self._categories(item, each, period)
            for item, each in fields["categories"].entries()
        }
        listed = fields["relabels"].items() if "relabels" in fields else []
        phase = Phase(
            code=code, text=fields["name"].words(), period=period,
            frozen_from=self._frozen_from(fields, period), source=fields["source"].text(),
            unverified="unverified" in fields and fields["unverified"].truth(),
            note=fields["note"].words() if "note" in fields else None,
            line=self._line(fields["line"]), forms=self._forms(fields["forms"], period),
            categories=categories, lists=self._lists,
            relabels=tuple(self._relabel(each, categories) for each in listed),
        )  # fmt: skip
        _check_reached(phase, listed)
        return phase

    @staticmethod
    def _period(fields: Mapping[str, Entry]) -> Period:
        end = fields["to"].day() if "to" in fields else None
        try:
            return Period(fields["from"].day(), end)
        except PeriodInvalid:
            raise fields["to"].refusal("pack.period_backwards") from None

    @staticmethod
    def _frozen_from(fields: Mapping[str, Entry], period: Period) -> date | None:
        if "frozen_from" not in fields:
            return period.end
        day = fields["frozen_from"].day()
        if period.end is None or day < period.end:
            raise fields["frozen_from"].refusal("policy.phase_frozen_early")
        return day

    def _line(self, entry: Entry) -> str:
        if entry.text() not in self._parameters:
            raise entry.refusal("pack.unknown_parameter", name=entry.text(), near="—")
        return entry.text()

    @staticmethod
    def _forms(entry: Entry, period: Period) -> tuple[Form, ...]:
        found: list[Form] = []
        for each in entry.items():
            fields = each.fields(_FORM, frozenset({"unverified"}))
            start = fields["from"].day()
            if not period.contains(start) or (found and start <= found[-1].start):
                raise fields["from"].refusal("policy.form_out_of_order")
            unverified = "unverified" in fields and fields["unverified"].truth()
            found.append(
                Form(
                    fields["name"].words(),
                    fields["edition"].text(),
                    start,
                    fields["source"].text(),
                    unverified,
                )
            )
        if not found or found[0].start != period.start:
            raise entry.refusal("policy.no_form_at_first")
        return tuple(found)

    def _code(self, item: str, code: str, entry: Entry) -> Code:
        if item not in self._lists:
            raise entry.refusal("policy.not_a_category", name=item)
        known = self._lists[item].find(code)
        if known is None:
            raise entry.refusal("pack.unknown_code", list=self._lists[item].name, code=code)
        return known

    def _categories(self, item: str, entry: Entry, period: Period) -> tuple[Category, ...]:
        found = []
        for code, each in entry.entries():
            known = self._code(item, code, each)
            if not _usable(known, period):
                raise each.refusal("policy.code_outside_phase", code=code)
            found.append(Category(code, each.words()))
        return tuple(found)

    def _relabel(self, entry: Entry, categories: Mapping[str, tuple[Category, ...]]) -> Relabel:
        fields = entry.fields(_RELABEL, frozenset({"when"}))
        item, code = fields["item"].text(), fields["code"].text()
        self._code(item, code, fields["code"])
        becomes = fields["becomes"].text()
        if becomes not in {each.code for each in categories.get(item, ())}:
            raise fields["becomes"].refusal("policy.becomes_no_category", code=becomes)
        listed = fields["when"].entries() if "when" in fields else []
        when = {name: each.text() for name, each in listed}
        for name, each in listed:
            self._code(name, when[name], each)
        return Relabel(item, code, becomes, when)


def _usable(code: Code, period: Period) -> bool:
    """Whether a code may be used on any day of the period."""
    ends_before = code.valid_to is not None and code.valid_to <= period.start
    begins_after = (
        code.valid_from is not None and period.end is not None and code.valid_from >= period.end
    )
    return not (ends_before or begins_after)


def _check_reached(phase: Phase, listed: list[Entry]) -> None:
    """Refuse a relabel that an earlier one always comes before, or that renames a category."""
    for number, each in enumerate(phase.relabels):
        own = {category.code for category in phase.categories.get(each.item, ())}
        before = phase.relabels[:number]
        hidden = any(
            (one.item, one.code) == (each.item, each.code) and one.when.items() <= each.when.items()
            for one in before
        )
        if hidden or (each.code in own and not each.when):
            raise listed[number].refusal("policy.relabel_unreached", code=each.code)


def _check_succession(phases: list[tuple[Phase, Entry]]) -> list[Problem]:
    """Every phase but the last ends on the day the next begins."""
    return [
        later[1].refusal("policy.phase_gap", name=later[0].code).problem
        for earlier, later in pairwise(phases)
        if earlier[0].period.end != later[0].period.start
    ]


def read_phases(
    text: str, layout: Layout, parameters: Container[str], file: str = FILE
) -> tuple[Phase, ...]:
    """The phases in `text`, the earliest first.

    Raises:
        PackInvalid: with every phase's first problem, with file and line; phases that leave days
            between them or overlap.
    """
    problems: list[Problem] = []
    found: list[tuple[Phase, Entry]] = []
    try:
        fields = read_entry(text, file).fields(frozenset({"version", "phases"}), frozenset())
        entries = fields["phases"].entries()
    except Unreadable as unreadable:
        raise PackInvalid(unreadable.problem) from None
    reader = _PhaseReader(layout, parameters)
    for code, entry in entries:
        try:
            found.append((reader.read(code, entry), entry))
        except Unreadable as unreadable:
            problems.append(unreadable.problem)
    problems = problems or _check_succession(found)
    if problems:
        raise PackInvalid(*problems)
    return tuple(phase for phase, _ in found)
