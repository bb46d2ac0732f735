"""Readers of code lists: by the label in the sheet, in Chinese or English."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from bangfu.foundation.importing.domain.cells import Unreadable
from bangfu.foundation.importing.domain.findings import EMPTY, Outcome, notice, refused, shortened
from bangfu.foundation.importing.domain.normalise import has_control_characters, plain_text
from bangfu.foundation.importing.domain.readers import number_text

if TYPE_CHECKING:
    from datetime import date

    from bangfu.foundation.importing.domain.cells import Raw
    from bangfu.foundation.importing.domain.readers import Reader
    from bangfu.rules.layout import Code, CodeList, Item

_SEPARATORS: Final = re.compile(r"[、，,;；]")
_SHORT_LIST: Final = 8


class _Labels:
    """A code list by its labels."""

    def __init__(self, codes: CodeList) -> None:
        self.by_label: dict[str, Code] = {}
        for each in codes.codes:
            self.by_label.setdefault(each.zh, each)
            self.by_label.setdefault(each.en.lower(), each)
        self._shown = [each.zh for each in codes.codes]

    def find(self, label: str) -> Code | None:
        return self.by_label.get(label) or self.by_label.get(label.lower())

    def nearest(self, label: str) -> str:
        """Labels to offer: all of a short list, else those most like what was written."""
        if len(self._shown) <= _SHORT_LIST:
            return "、".join(self._shown)
        close = get_close_matches(label, self._shown, n=3, cutoff=0.3)
        return "、".join(close or self._shown[:_SHORT_LIST])


def _label_of(raw: Raw) -> tuple[str, bool] | Outcome:
    """The label in a cell and whether it was normalised, or the refusal of the cell."""
    if isinstance(raw, Unreadable):
        return refused(raw.fault)
    if isinstance(raw, bool):
        return ("是" if raw else "否"), True
    if isinstance(raw, float):
        return number_text(raw), False
    if not isinstance(raw, str) or has_control_characters(raw):
        return refused(
            "importing.control_character" if isinstance(raw, str) else "importing.not_text"
        )
    plain = plain_text(raw)
    return plain, plain != raw


def code_reader(item: Item, codes: CodeList, on: date | None) -> Reader:
    """One code of a list; with `on`, only a code that may be used on that day."""
    labels = _Labels(codes)

    def reader(raw: Raw) -> Outcome:
        if raw is None:
            return EMPTY
        found = _label_of(raw)
        if isinstance(found, Outcome):
            return found
        label, normalised = found
        if not label:
            return EMPTY
        read = _read_label(item, labels, label, on)
        if read.findings or not normalised:
            return read
        return Outcome(read.value, (notice("importing.normalised"),))

    return reader


def _read_label(item: Item, labels: _Labels, label: str, on: date | None) -> Outcome:
    code = labels.find(label)
    shown = "" if item.secret or item.sensitive else shortened(label)
    if code is None:
        return refused("importing.unknown_code", found=shown, nearest=labels.nearest(label))
    if on is not None and not code.holds_on(on):
        return refused("importing.code_not_in_force", found=shown, day=on.isoformat())
    return Outcome(code.code)


def flag_reader(item: Item, codes: CodeList) -> Reader:
    """Yes or no, by the labels of the list `flag`."""
    one = code_reader(item, codes, None)

    def reader(raw: Raw) -> Outcome:
        read = one(raw)
        return read if read.value is None else Outcome(read.value == "yes", read.findings)

    return reader


def codes_reader(item: Item, codes: CodeList, on: date | None) -> Reader:
    """Several codes of a list in one cell, in the order of the list, none twice."""
    labels = _Labels(codes)
    order = {each.code: position for position, each in enumerate(codes.codes)}

    def reader(raw: Raw) -> Outcome:
        if raw is None:
            return EMPTY
        found = _label_of(raw)
        if isinstance(found, Outcome):
            return found
        label, normalised = found
        parts = [part.strip() for part in _SEPARATORS.split(label) if part.strip()]
        if not parts:
            return EMPTY
        reads = [_read_label(item, labels, part, on) for part in parts]
        wrong = next((each for each in reads if each.findings), None)
        if wrong is not None:
            return wrong
        values = [str(each.value) for each in reads]
        return _several(values, codes.exclusive, order, normalised)

    return reader


def _several(values: list[str], exclusive: str, order: dict[str, int], normalised: bool) -> Outcome:
    if len(set(values)) < len(values):
        return refused("importing.code_twice")
    if exclusive and exclusive in values and len(values) > 1:
        return refused("importing.code_stands_alone")
    ordered = tuple(sorted(values, key=order.__getitem__))
    return Outcome(ordered, (notice("importing.normalised"),) if normalised else ())
