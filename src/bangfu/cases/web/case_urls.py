"""Addresses of cases."""

from django.urls import path

from bangfu.cases.web import (
    case_batch,
    case_comparing,
    case_desk,
    case_detail,
    case_left,
    case_moving,
    case_overview,
    case_recording,
    durations,
    quality,
)

app_name = "case"

urlpatterns = [
    path("", case_desk.show_desk, name="desk"),
    path("batch/", case_batch.batch, name="batch"),
    path("overview/", case_overview.show_overview, name="overview"),
    path("left/", case_left.show_left, name="left"),
    path("left/give/", case_left.give, name="hand_over"),
    path("quality/", quality.show_quality, name="quality"),
    path("durations/", durations.show_durations, name="durations"),
    path("<uuid:case_id>/", case_detail.show_case, name="case"),
    path("<uuid:case_id>/moves/<int:number>/", case_detail.show_seen, name="seen"),
    path("<uuid:case_id>/do/<slug:move>/", case_moving.do, name="do"),
    path("<uuid:case_id>/visit/", case_recording.visit, name="visit"),
    path("<uuid:case_id>/propose/", case_recording.propose, name="propose"),
    path("<uuid:case_id>/consent/", case_recording.consent, name="consent"),
    path(
        "<uuid:case_id>/consent/<uuid:consent_id>/withdraw/",
        case_recording.withdraw,
        name="consent_withdraw",
    ),
    path("<uuid:case_id>/compare/", case_comparing.compare, name="compare"),
    path("<uuid:case_id>/files/<uuid:file_id>/", case_detail.download, name="file"),
]
