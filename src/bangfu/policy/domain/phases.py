"""The phases of the policy: what a household may be, and is called, on a day.

A phase change relabels what people read and freezes what was before; documents stay as recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bangfu.rules.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bangfu.kernel.period import Period
    from bangfu.rules.layout import CodeList, Language

FILE: Final = "phases.yaml"
_WAS: Final = Text("{now}（原{was}）", "{now} (was: {was})")
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Form:
    """A form's name and edition, used from `start` on."""

    text: Text
    edition: str
    start: date
    source: str
    unverified: bool


@dataclass(frozen=True, slots=True)
class Category:
    """A value an item may have in a phase, under the name it bears there."""

    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class Relabel:
    """A value recorded earlier that is called otherwise in the phase.

    Attributes:
        becomes: the category of the phase whose name it takes.
        when: item -> code that the same record must hold too.
    """

    item: str
    code: str
    becomes: str
    when: Mapping[str, str]

    def fits(self, item: str, value: str, document: Mapping[str, object]) -> bool:
        """Whether a value of a recorded household is meant."""
        if (item, value) != (self.item, self.code):
            return False
        return all(document.get(name) == code for name, code in self.when.items())


@dataclass(frozen=True, slots=True)
class Relabelled:
    """A recorded value as it is called in a phase.

    Attributes:
        code: the category it stands under. text: what it is called.
        was: its name when it was recorded, where the phase gave it another one.
        current: whether the phase has this category; a value that no relabel names keeps its own.
    """

    code: str
    text: Text
    was: Text | None
    current: bool

    def shown(self, language: Language) -> str:
        """`防止返贫致贫对象（原脱贫不稳定户）`."""
        now = self.text.of(language)
        if self.was is None:
            return now
        return _WAS.of(language).format(now=now, was=self.was.of(language))


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the policy.

    Attributes:
        frozen_from: the day since which nobody may write data of days inside the phase; None while
            no end is set.
        line: the parameter that is the income line.
        forms: by their first day. categories: item -> what a household may be.
        lists: the code lists of the items named, for the names values had when recorded.
    """

    code: str
    text: Text
    period: Period
    frozen_from: date | None
    source: str
    unverified: bool
    note: Text | None
    line: str
    forms: tuple[Form, ...]
    categories: Mapping[str, tuple[Category, ...]]
    relabels: tuple[Relabel, ...]
    lists: Mapping[str, CodeList]

    def label(self, language: Language) -> str:
        """Its name in the reader's language."""
        return self.text.of(language)

    def form_on(self, day: date) -> Form:
        """The form in use on a day of the phase."""
        begun = [each for each in self.forms if each.start <= day]
        return begun[-1] if begun else self.forms[0]

    def is_frozen(self, today: date) -> bool:
        """Whether data of its days may not be written any more."""
        return self.frozen_from is not None and self.frozen_from <= today

    def has(self, item: str) -> bool:
        """Whether the item has categories in this phase."""
        return item in self.categories

    def relabel(
        self, item: str, value: str, document: Mapping[str, object] = _NOTHING
    ) -> Relabelled:
        """What a value of a household, recorded in whichever phase, is called in this one.

        `document` is the household's record, for relabels that ask for more than the value.
        """
        known = {each.code: each.text for each in self.categories.get(item, ())}
        own = self._own_name(item, value)
        for each in self.relabels:
            if each.fits(item, value, document):
                return Relabelled(each.becomes, known[each.becomes], own, current=True)
        if value in known:
            return Relabelled(value, known[value], None, current=True)
        return Relabelled(value, own, None, current=False)

    def _own_name(self, item: str, value: str) -> Text:
        codes = self.lists.get(item)
        found = codes.find(value) if codes else None
        return Text(found.zh, found.en) if found else Text(value, value)


def find_phase(phases: tuple[Phase, ...], day: date) -> Phase | None:
    """The phase that `day` lies in; None before the first."""
    return next((each for each in phases if each.period.contains(day)), None)
