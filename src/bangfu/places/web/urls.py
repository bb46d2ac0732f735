"""Addresses of places."""

from django.urls import path

from bangfu.places.web import items, sheets, tags, tree, village, villages

app_name = "places"
urlpatterns = [
    path("places/", tree.show_tree, name="tree"),
    path("places/tags/", tags.list_page, name="tags"),
    path("places/tags/compare/", tags.compare, name="compare"),
    path("places/sheets/new/", sheets.new_sheet, name="sheet_new"),
    path("places/sheets/template/<slug:kind>/", sheets.download_template, name="sheet_template"),
    path("places/sheets/<uuid:sheet_id>/", sheets.show_sheet, name="sheet"),
    path("places/sheets/<uuid:sheet_id>/errors/", sheets.download_errors, name="sheet_errors"),
    path("places/sheets/<uuid:sheet_id>/commit/", sheets.commit, name="sheet_commit"),
    path("places/sheets/<uuid:sheet_id>/discard/", sheets.discard, name="sheet_discard"),
    path("places/<str:code>/", tree.show_tree, name="branch"),
    path("villages/", villages.list_page, name="villages"),
    path("villages/<str:code>/", village.show_village, name="village"),
    path("villages/<str:code>/<int:year>/<slug:item>/", items.change, name="item"),
]
