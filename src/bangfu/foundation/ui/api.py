"""The door to the look: tables, charts, words for values, and what features bring to the frame."""

from bangfu.foundation.ui.charts import IncomeYear
from bangfu.foundation.ui.facets import FacetChoice, facet_choices
from bangfu.foundation.ui.fields import (
    REASON_LENGTH,
    HundredthsField,
    ReasonForm,
    check_past,
    day_field,
)
from bangfu.foundation.ui.frame import (
    PostingChoice,
    register_foot,
    register_place,
    register_postings,
    register_scope,
)
from bangfu.foundation.ui.language import in_words, reader_language
from bangfu.foundation.ui.links import link_to, register_link
from bangfu.foundation.ui.presenters import (
    amount,
    count,
    day,
    day_in_full,
    due_in,
    mask_identity,
    mask_phone,
    moment,
    mu,
    share,
    unknown,
    wan_yuan,
    weekday,
    yuan,
)
from bangfu.foundation.ui.search import Found, Group, Hit, found_by, register_search
from bangfu.foundation.ui.table_view import TableView, present
from bangfu.foundation.ui.tables import (
    Choice,
    Column,
    Filter,
    ListState,
    Table,
    read_state,
    sheet_of,
)
from bangfu.foundation.ui.views import View, usual_views, views_at
from bangfu.foundation.ui.work import Work, WorkItem, register_work, work_of

__all__ = [
    "REASON_LENGTH",
    "Choice",
    "Column",
    "FacetChoice",
    "Filter",
    "Found",
    "Group",
    "Hit",
    "HundredthsField",
    "IncomeYear",
    "ListState",
    "PostingChoice",
    "ReasonForm",
    "Table",
    "TableView",
    "View",
    "Work",
    "WorkItem",
    "amount",
    "check_past",
    "count",
    "day",
    "day_field",
    "day_in_full",
    "due_in",
    "facet_choices",
    "found_by",
    "in_words",
    "link_to",
    "mask_identity",
    "mask_phone",
    "moment",
    "mu",
    "present",
    "read_state",
    "reader_language",
    "register_foot",
    "register_link",
    "register_place",
    "register_postings",
    "register_scope",
    "register_search",
    "register_work",
    "share",
    "sheet_of",
    "unknown",
    "usual_views",
    "views_at",
    "wan_yuan",
    "weekday",
    "work_of",
    "yuan",
]
