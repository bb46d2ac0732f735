"""The door to screening: others import only this."""

from bangfu.screening.domain.judging import Engine, EnginesDisagree
from bangfu.screening.domain.watching import Unwatched, Watch
from bangfu.screening.jobs import DROP_SNAPSHOTS, RUN_SCREENING
from bangfu.screening.models import Finding, RuleCount, Run, Snapshot
from bangfu.screening.permissions import READ, RUN
from bangfu.screening.queries.explaining import (
    ExplainedRule,
    Explanation,
    explain_household,
    explain_opened,
)
from bangfu.screening.queries.runs import (
    find_last_run,
    findings_of,
    get_run,
    list_runs,
    scoped_findings,
    screen_to_json,
)
from bangfu.screening.services import (
    drop_snapshots,
    rescreen_changed,
    run_screening,
    take_snapshot,
)

__all__ = [
    "DROP_SNAPSHOTS",
    "READ",
    "RUN",
    "RUN_SCREENING",
    "Engine",
    "EnginesDisagree",
    "ExplainedRule",
    "Explanation",
    "Finding",
    "RuleCount",
    "Run",
    "Snapshot",
    "Unwatched",
    "Watch",
    "drop_snapshots",
    "explain_household",
    "explain_opened",
    "find_last_run",
    "findings_of",
    "get_run",
    "list_runs",
    "rescreen_changed",
    "run_screening",
    "scoped_findings",
    "screen_to_json",
    "take_snapshot",
]
