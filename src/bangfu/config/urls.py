"""Addresses: each feature brings its own under one prefix."""

from django.urls import include, path

urlpatterns = [
    path("", include("bangfu.shell.web.urls")),
    path("", include("bangfu.registry.web.urls")),
    path("", include("bangfu.places.web.urls")),
    path("departments/", include("bangfu.exchange.web.urls")),
    path("changes/", include("bangfu.changes.web.urls")),
    path("clues/", include("bangfu.cases.web.urls")),
    path("cases/", include("bangfu.cases.web.case_urls")),
    path("appeals/", include("bangfu.cases.web.appeal_urls")),
    path("papers/", include("bangfu.cases.web.paper_urls")),
    path("plans/", include("bangfu.plans.web.urls")),
    path("meetings/", include("bangfu.meetings.web.urls")),
    path("attendance/", include("bangfu.attendance.web.urls")),
    path("public/", include("bangfu.portal.web.urls")),
    path("check/", include("bangfu.foundation.documents.web.urls")),
    path("runs/", include("bangfu.screening.web.urls")),
    path("teams/", include("bangfu.teams.web.urls")),
    path("policy/", include("bangfu.policy.web.urls")),
    path("procedures/", include("bangfu.procedures.web.urls")),
]

handler400 = "bangfu.shell.web.errors.bad_request"
handler403 = "bangfu.shell.web.errors.not_allowed"
handler404 = "bangfu.shell.web.errors.not_found"
handler500 = "bangfu.shell.web.errors.broken"
