"""The door to meetings: others import only this."""

from bangfu.meetings.domain.counting import Share, Votes
from bangfu.meetings.domain.kinds import load_kinds
from bangfu.meetings.models import AgendaItem, Meeting
from bangfu.meetings.permissions import HOLD, READ
from bangfu.meetings.queries.details import MeetingDetail, get_meeting, minutes_data
from bangfu.meetings.queries.filters import SORTS, MeetingFilters
from bangfu.meetings.queries.lists import export_meetings, list_meetings
from bangfu.meetings.queries.results import MeetingResult, decided_on
from bangfu.meetings.queries.sources import AgendaCandidate, list_candidates, register_agenda
from bangfu.meetings.services.agenda import add_agenda, remove_agenda
from bangfu.meetings.services.closing import (
    CarriedOut,
    carry_out,
    close_meeting,
    register_outcome,
)
from bangfu.meetings.services.papers import add_paper, issue_minutes
from bangfu.meetings.services.planning import Call, call_off, change_meeting, plan_meeting
from bangfu.meetings.services.recording import AttendeeRow, record_attendance, record_votes

__all__ = [
    "HOLD",
    "READ",
    "SORTS",
    "AgendaCandidate",
    "AgendaItem",
    "AttendeeRow",
    "Call",
    "CarriedOut",
    "Meeting",
    "MeetingDetail",
    "MeetingFilters",
    "MeetingResult",
    "Share",
    "Votes",
    "add_agenda",
    "add_paper",
    "call_off",
    "carry_out",
    "change_meeting",
    "close_meeting",
    "decided_on",
    "export_meetings",
    "get_meeting",
    "issue_minutes",
    "list_candidates",
    "list_meetings",
    "load_kinds",
    "minutes_data",
    "plan_meeting",
    "record_attendance",
    "record_votes",
    "register_agenda",
    "register_outcome",
    "remove_agenda",
]
