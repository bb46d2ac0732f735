"""The catalogue of measures as the pack in force brings it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Place, Problem
from bangfu.plans.domain.catalogue import FILE, Catalogue
from bangfu.plans.domain.catalogue_reading import read_catalogue
from bangfu.policy.api import active_pack
from bangfu.rules.api import PackInvalid
from bangfu.rules.layout import load_layout

if TYPE_CHECKING:
    from datetime import date

    from bangfu.rules.api import Pack
    from bangfu.rules.layout import Language

Texts = tuple[tuple[str, str], ...]


@lru_cache(maxsize=16)
def _read(texts: Texts, parameters: frozenset[str], risks: frozenset[str]) -> Catalogue:
    return read_catalogue(texts, load_layout(), parameters, risks)


def catalogue_of(pack: Pack) -> Catalogue:
    """The catalogue a pack and those it extends bring; empty when they bring none.

    Raises:
        PackInvalid: with every problem found, each with file and line.
    """
    texts = tuple((each.name, each.files[FILE]) for each in pack.sources if FILE in each.files)
    return _read(texts, frozenset(pack.parameters), frozenset(pack.risks))


def catalogue_on(day: date | None = None) -> Catalogue:
    """The catalogue in force on a day (today).

    Raises:
        Refused: when no pack is in force then.
    """
    return catalogue_of(active_pack(day or today()))


def check_pack(pack: Pack) -> None:
    """Refuse a pack whose catalogue cannot be read, or leaves the risk of a rule without measures.

    A pack without any catalogue plans nothing and is let pass.

    Raises:
        PackInvalid: with file and line.
    """
    catalogue = catalogue_of(pack)
    if not catalogue.families:
        return
    problems = [
        Problem(
            "plans.rule_without_measures",
            Place(file=f"{rule.origin.pack}/{rule.origin.file}", line=rule.origin.line),
            {"rule": rule.name, "risk": rule.risk},
        )
        for rule in pack.rules.values()
        if rule.risk not in catalogue.risks
    ]
    if problems:
        raise PackInvalid(*problems)


def risk_label(pack: Pack, risk: str, language: Language) -> str:
    """A risk in the reader's language: by the pack, or by the register's list; else its code."""
    text = pack.risks.get(risk)
    if text is not None:
        return text.of(language)
    code = load_layout().lists["risk_type"].find(risk)
    return code.label(language) if code else risk
