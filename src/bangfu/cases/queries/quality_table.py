"""The rules of doubtful data of the pack in force."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bangfu.cases.domain.quality import FILE
from bangfu.cases.queries.quality_reading import TESTS, read_quality, run_quality_tests
from bangfu.foundation.clock.api import today
from bangfu.kernel.problems import Place, Problem
from bangfu.policy.api import active_pack
from bangfu.rules.refusals import PackInvalid

if TYPE_CHECKING:
    from datetime import date

    from bangfu.cases.queries.quality_rules import QualityTable
    from bangfu.rules.api import Pack


@lru_cache(maxsize=16)
def _read(text: str, parameters: frozenset[str]) -> QualityTable:
    return read_quality(text, FILE, parameters)


def quality_of_pack(pack: Pack) -> QualityTable | None:
    """The rules of the narrowest layer that brings them; None when none does.

    Raises:
        PackInvalid: when they are wrong.
    """
    texts = [source.files[FILE] for source in pack.sources if FILE in source.files]
    return _read(texts[-1], frozenset(pack.parameters)) if texts else None


def quality_table(on: date | None = None) -> QualityTable | None:
    """The rules of the pack in force on a day (today).

    Raises:
        Refused: when no pack is in force.
    """
    return quality_of_pack(active_pack(on or today()))


def check_quality_of(pack: Pack) -> None:
    """Refuse a pack whose rules of doubtful data are wrong, or do not hold their own tests.

    Raises:
        PackInvalid: with what does not hold.
    """
    table = quality_of_pack(pack)
    if table is None:
        return
    values = {
        fact.of: pack.parameters[fact.of].values[0].value
        for fact in table.facts.values()
        if fact.of and pack.parameters[fact.of].values
    }
    for source in pack.sources:
        if TESTS not in source.files:
            continue
        for case, rule, expected, found in run_quality_tests(table, source.files[TESTS], values):
            if expected is not found:
                words = {"name": f"{case} {rule}", "expected": expected, "found": found}
                raise PackInvalid(Problem("pack.test_failed", Place(file=TESTS, line=1), words))
