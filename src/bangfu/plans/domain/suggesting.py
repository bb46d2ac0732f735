"""What is proposed for a household: a measure for every risk, and one by which it earns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bangfu.plans.domain.catalogue import Catalogue, Content
    from bangfu.rules.text import Text


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A measure proposed: its family, the risk it is for (empty for none), and its words."""

    family: str
    risk: str
    text: Text


def suggest(
    catalogue: Catalogue,
    risks: Sequence[str],
    has_labour: bool | None,
    taken: Collection[tuple[str, str]] = (),
) -> list[Suggestion]:
    """What to propose on top of the measures there are.

    Args:
        catalogue: the table.
        risks: the household's risks, the gravest first.
        has_labour: whether anybody can work; None when it is not known, and then nothing is
            proposed on that account.
        taken: (family, risk) of the measures there are.
    """
    standing = list(taken)
    found: list[Suggestion] = []
    for risk in risks:
        if catalogue.answered(standing, [risk]):
            continue
        content = _content(catalogue, risk, has_labour)
        if content is not None:
            found.append(Suggestion(content.family, risk, content.text))
            standing.append((content.family, risk))
    families = {family for family, _ in standing}
    if has_labour and not families & catalogue.developmental:
        found += [Suggestion(each.family, "", each.text) for each in catalogue.with_labour[:1]]
    if has_labour is False and not families & catalogue.safety_net:
        found += [Suggestion(each.family, "", each.text) for each in catalogue.without_labour[:1]]
    return found


def _content(catalogue: Catalogue, risk: str, has_labour: bool | None) -> Content | None:
    """The likeliest content that answers the risk: one by which the household earns where it can
    work, none such where nobody can."""
    row = catalogue.risks.get(risk)
    if row is None:
        return None
    fitting = [each for each in row.contents if catalogue.answers(each.family, risk, risk)]
    if has_labour is None or not fitting:
        return fitting[0] if fitting else None
    earning = catalogue.developmental
    suited = [each for each in fitting if (each.family in earning) == has_labour]
    return (suited or fitting)[0]
