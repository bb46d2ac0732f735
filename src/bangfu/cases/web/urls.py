"""Addresses of cases."""

from django.urls import path

from bangfu.cases.web import desk, detail, record

app_name = "cases"
urlpatterns = [
    path("", desk.show_desk, name="clues"),
    path("assign/", desk.assign, name="assign"),
    path("record/<uuid:household_id>/", record.record, name="record"),
    path("<uuid:clue_id>/", detail.show_clue, name="clue"),
    path("<uuid:clue_id>/move/", detail.move_clue, name="move"),
]
