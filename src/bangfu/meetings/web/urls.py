"""Addresses of meetings."""

from django.urls import path

from bangfu.meetings.web import acting, desk, detail, papers, planning

app_name = "meetings"
urlpatterns = [
    path("", desk.show_desk, name="desk"),
    path("plan/", planning.plan, name="plan"),
    path("<uuid:meeting_id>/", detail.show_meeting, name="meeting"),
    path("<uuid:meeting_id>/change/", planning.change, name="change"),
    path("<uuid:meeting_id>/agenda/", acting.add_items, name="agenda"),
    path("<uuid:meeting_id>/agenda/<uuid:item_id>/", acting.remove_item, name="remove"),
    path("<uuid:meeting_id>/attendance/", acting.write_attendance, name="attendance"),
    path("<uuid:meeting_id>/votes/", acting.write_votes, name="votes"),
    path("<uuid:meeting_id>/tally/", acting.tally, name="tally"),
    path("<uuid:meeting_id>/close/", acting.close, name="close"),
    path("<uuid:meeting_id>/call-off/", acting.call_off_meeting, name="call_off"),
    path("<uuid:meeting_id>/results/", acting.hand_on, name="results"),
    path("<uuid:meeting_id>/minutes/", papers.show_minutes, name="minutes"),
    path("<uuid:meeting_id>/papers/", papers.add, name="papers"),
    path("<uuid:meeting_id>/papers/<uuid:file_id>/", papers.download, name="paper"),
]
