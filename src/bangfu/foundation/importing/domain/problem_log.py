"""Problems of one reading: counted exactly, kept up to a bound."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bangfu.kernel.problems import Problem

_KEPT_PER_CODE: Final = 20_000


class ProblemLog:
    """Collects problems.

    Attributes:
        counts: how often each code was met, exactly, also beyond what is kept.
        kept: the problems themselves, in the order they came, at most `per_code` of each code.
        refusing: how many of all problems refuse.
    """

    def __init__(self, per_code: int = _KEPT_PER_CODE) -> None:
        self.counts: Counter[str] = Counter()
        self.kept: list[Problem] = []
        self.refusing = 0
        self._per_code = per_code

    def add(self, problem: Problem) -> None:
        """Count one problem, and keep it while there is room for its code."""
        self.counts[problem.code] += 1
        self.refusing += problem.refuses
        if self.counts[problem.code] <= self._per_code:
            self.kept.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add several."""
        for problem in problems:
            self.add(problem)

    @property
    def refuses(self) -> bool:
        """Whether at least one problem refuses."""
        return self.refusing > 0

    @property
    def total(self) -> int:
        """How many problems and notices there were."""
        return self.counts.total()

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.kept)

    def __len__(self) -> int:
        return len(self.kept)
