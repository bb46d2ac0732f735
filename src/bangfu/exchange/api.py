"""The door to departments' lists: others import only this."""

from bangfu.exchange.domain.feeds import Feed, FeedColumn
from bangfu.exchange.domain.matching import Doubt
from bangfu.exchange.imports import (
    check_list,
    write_feed_list,
    write_feed_template,
    write_list_errors,
)
from bangfu.exchange.models import DOUBTS, FeedList, ListRow, ListState, Report, RowOutcome, Settled
from bangfu.exchange.permissions import MATCH, READ, SUBMIT, WITHDRAW
from bangfu.exchange.queries.desk import FeedStatus, feed_statuses
from bangfu.exchange.queries.feeds import (
    find_feed,
    load_feeds,
    read_mapping,
    trigger_label,
)
from bangfu.exchange.queries.lists import count_problems, get_list
from bangfu.exchange.queries.reports import (
    HouseholdReport,
    list_reports,
    reports_of,
)
from bangfu.exchange.queries.rows import ShownRow, count_waiting, get_row
from bangfu.exchange.services.committing import commit_list
from bangfu.exchange.services.matching import match_row, settle_row, undo_row
from bangfu.exchange.services.withdrawing import discard_list, withdraw_list

__all__ = [
    "DOUBTS",
    "MATCH",
    "READ",
    "SUBMIT",
    "WITHDRAW",
    "Doubt",
    "Feed",
    "FeedColumn",
    "FeedList",
    "FeedStatus",
    "HouseholdReport",
    "ListRow",
    "ListState",
    "Report",
    "RowOutcome",
    "Settled",
    "ShownRow",
    "check_list",
    "commit_list",
    "count_problems",
    "count_waiting",
    "discard_list",
    "feed_statuses",
    "find_feed",
    "get_list",
    "get_row",
    "list_reports",
    "load_feeds",
    "match_row",
    "read_mapping",
    "reports_of",
    "settle_row",
    "trigger_label",
    "undo_row",
    "withdraw_list",
    "write_feed_list",
    "write_feed_template",
    "write_list_errors",
]
