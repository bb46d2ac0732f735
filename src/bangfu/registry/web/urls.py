"""Addresses of the register."""

from django.urls import path

from bangfu.registry.web import browse, household, households, uploads

app_name = "registry"
urlpatterns = [
    path("households/", households.list_page, name="households"),
    path("households/browse/", browse.show_division, name="browse_all"),
    path("households/browse/<str:code>/", browse.show_division, name="browse"),
    path("households/<uuid:household_id>/", household.show_household, name="household"),
    path("households/<uuid:household_id>/history/", household.show_history, name="history"),
    path(
        "households/<uuid:household_id>/reveal/<slug:item>/",
        household.reveal,
        name="reveal",
    ),
    path(
        "households/<uuid:household_id>/members/<uuid:member_id>/reveal/<slug:item>/",
        household.reveal,
        name="reveal_member",
    ),
    path("imports/", uploads.list_page, name="imports"),
]
