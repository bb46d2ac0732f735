"""The writes: snapshots are taken and dropped, runs are made."""

from bangfu.screening.services.runs import rescreen_changed, run_screening
from bangfu.screening.services.snapshots import drop_snapshots, take_snapshot

__all__ = ["drop_snapshots", "rescreen_changed", "run_screening", "take_snapshot"]
