"""Addresses of changes."""

from django.urls import path

from bangfu.changes.web import asking, desk, detail

app_name = "changes"
urlpatterns = [
    path("", desk.show_desk, name="desk"),
    path("<uuid:request_id>/", detail.show_request, name="request"),
    path("<uuid:request_id>/move/", detail.move, name="move"),
    path("<uuid:request_id>/evidence/<uuid:file_id>/", detail.download_evidence, name="evidence"),
    path("ask/<uuid:household_id>/", asking.choose, name="choose"),
    path("ask/<uuid:household_id>/<slug:kind>/", asking.ask, name="ask"),
]
