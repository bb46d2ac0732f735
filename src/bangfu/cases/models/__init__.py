"""The tables of clues, of cases and of appeals."""

from bangfu.cases.models.appeals import Appeal
from bangfu.cases.models.cases import (
    Case,
    CaseBasis,
    CaseClue,
    CaseCounter,
    CaseVisit,
    Comparison,
    Consent,
)
from bangfu.cases.models.clues import Clue, ClueFinding
from bangfu.cases.models.declarations import Declaration, Receipt
from bangfu.cases.models.quality import Doubt, QualityCount

__all__ = [
    "Appeal",
    "Case",
    "CaseBasis",
    "CaseClue",
    "CaseCounter",
    "CaseVisit",
    "Clue",
    "ClueFinding",
    "Comparison",
    "Consent",
    "Declaration",
    "Doubt",
    "QualityCount",
    "Receipt",
]
