"""The door to the register: others import only this."""

from bangfu.registry.domain.display import code_label, shown
from bangfu.registry.domain.income import gross_income, net_income, reference_income
from bangfu.registry.domain.sorting import name_key
from bangfu.registry.imports import check_upload, write_batch_errors
from bangfu.registry.jobs import COMMIT_BATCH
from bangfu.registry.models import (
    Division,
    Household,
    HouseholdVersion,
    ImportBatch,
    ImportLine,
    IncomeStatement,
    Member,
    Outcome,
)
from bangfu.registry.models.batches import BatchState
from bangfu.registry.permissions import EXPORT, IMPORT, READ, READ_SECRET, REVERSE
from bangfu.registry.queries.batches import (
    ProblemCount,
    ShownLine,
    ShownProblem,
    count_problems,
    get_batch,
    list_batches,
    list_lines,
    preview_reversal,
    show_problem,
)
from bangfu.registry.queries.counts import By, PlaceTallies, Tally, tally_places
from bangfu.registry.queries.divisions import (
    DivisionNode,
    division_name,
    division_path,
    find_division,
    find_successors,
    list_children,
    list_divisions,
    list_villages,
)
from bangfu.registry.queries.history import (
    HouseholdState,
    ListedVersion,
    diff_versions,
    get_household_as_of,
    list_versions,
)
from bangfu.registry.queries.households import (
    SORTS,
    DivisionCount,
    HouseholdFilters,
    count_households,
    export_households,
    find_household_by_number,
    get_household,
    list_households,
    list_incomes,
    list_members,
    search_households,
)
from bangfu.registry.queries.pages import Page
from bangfu.registry.queries.reversals import LeftAlone, ReversalPlan
from bangfu.registry.queries.shown import (
    ShownChange,
    ShownItem,
    describe_document,
    describe_document_members,
    describe_household,
    describe_income,
    describe_member,
)
from bangfu.registry.queries.snapshots import frames_of
from bangfu.registry.services.committing import commit_batch
from bangfu.registry.services.discarding import discard_batch
from bangfu.registry.services.divisions import (
    load_divisions,
    merge_divisions,
    rename_division,
)
from bangfu.registry.services.revealing import reveal_secret
from bangfu.registry.services.reversing import ReversedBatch, reverse_batch

__all__ = [
    "COMMIT_BATCH",
    "EXPORT",
    "IMPORT",
    "READ",
    "READ_SECRET",
    "REVERSE",
    "SORTS",
    "BatchState",
    "By",
    "Division",
    "DivisionCount",
    "DivisionNode",
    "Household",
    "HouseholdFilters",
    "HouseholdState",
    "HouseholdVersion",
    "ImportBatch",
    "ImportLine",
    "IncomeStatement",
    "LeftAlone",
    "ListedVersion",
    "Member",
    "Outcome",
    "Page",
    "PlaceTallies",
    "ProblemCount",
    "ReversalPlan",
    "ReversedBatch",
    "ShownChange",
    "ShownItem",
    "ShownLine",
    "ShownProblem",
    "Tally",
    "check_upload",
    "code_label",
    "commit_batch",
    "count_households",
    "count_problems",
    "describe_document",
    "describe_document_members",
    "describe_household",
    "describe_income",
    "describe_member",
    "diff_versions",
    "discard_batch",
    "division_name",
    "division_path",
    "export_households",
    "find_division",
    "find_household_by_number",
    "find_successors",
    "frames_of",
    "get_batch",
    "get_household",
    "get_household_as_of",
    "gross_income",
    "list_batches",
    "list_children",
    "list_divisions",
    "list_households",
    "list_incomes",
    "list_lines",
    "list_members",
    "list_versions",
    "list_villages",
    "load_divisions",
    "merge_divisions",
    "name_key",
    "net_income",
    "preview_reversal",
    "reference_income",
    "rename_division",
    "reveal_secret",
    "reverse_batch",
    "search_households",
    "show_problem",
    "shown",
    "tally_places",
    "write_batch_errors",
]
