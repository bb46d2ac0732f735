"""Addresses of people's own side: appeals, declarations, files and authorisations."""

from django.urls import path

from bangfu.cases.web import appeals, declared, own_side

app_name = "appeals"
urlpatterns = [
    path("", appeals.show_list, name="appeals"),
    path("new/", appeals.take_down, name="new"),
    path("<uuid:appeal_id>/", appeals.show_appeal, name="appeal"),
    path("<uuid:appeal_id>/move/", appeals.move, name="move"),
    path("<uuid:appeal_id>/match/", appeals.match, name="match"),
    path("<uuid:appeal_id>/propose/", appeals.propose, name="propose"),
    path("declared/", declared.show_waiting, name="declarations"),
    path("declared/new/", declared.write_down, name="write_down"),
    path("declared/<uuid:declaration_id>/", declared.show, name="declaration"),
    path("declared/<uuid:declaration_id>/settle/", declared.settle, name="settle"),
    path("declared/<uuid:declaration_id>/<uuid:file_id>/", declared.download, name="picture"),
    path("household/<uuid:household_id>/", own_side.show, name="own"),
    path("household/<uuid:household_id>/file/", own_side.hand_out, name="hand_out"),
    path("household/<uuid:household_id>/file/<uuid:paper_id>/", own_side.open_file, name="file"),
    path(
        "household/<uuid:household_id>/consent/<uuid:consent_id>/receipt/",
        own_side.receipt,
        name="consent_receipt",
    ),
    path(
        "household/<uuid:household_id>/consent/<uuid:consent_id>/withdraw/",
        own_side.withdraw,
        name="consent_withdraw",
    ),
]
