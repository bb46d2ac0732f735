"""The tables: divisions, households with members and incomes, their history, imports."""

from bangfu.registry.models.adjustments import Adjustment, HouseholdSuccession
from bangfu.registry.models.batches import ImportBatch, ImportLine, ImportProblem, Outcome
from bangfu.registry.models.divisions import BEGINNING, Division, DivisionSuccession
from bangfu.registry.models.history import HouseholdVersion
from bangfu.registry.models.households import Household, IncomeStatement, Member

__all__ = [
    "BEGINNING",
    "Adjustment",
    "Division",
    "DivisionSuccession",
    "Household",
    "HouseholdSuccession",
    "HouseholdVersion",
    "ImportBatch",
    "ImportLine",
    "ImportProblem",
    "IncomeStatement",
    "Member",
    "Outcome",
]
