"""Addresses of departments' lists."""

from django.urls import path

from bangfu.exchange.web import desk, lists, uploads, waiting

app_name = "exchange"
urlpatterns = [
    path("", desk.show_desk, name="desk"),
    path("lists/", desk.show_lists, name="lists"),
    path("new/", uploads.new_list, name="new"),
    path("templates/<slug:feed>/", desk.download_template, name="template"),
    path("jobs/<uuid:job_id>/", uploads.show_job, name="job"),
    path("lists/<uuid:list_id>/", lists.show_list, name="list"),
    path("lists/<uuid:list_id>/errors/", lists.download_errors, name="errors"),
    path("lists/<uuid:list_id>/commit/", lists.commit, name="commit"),
    path("lists/<uuid:list_id>/discard/", lists.discard, name="discard"),
    path("lists/<uuid:list_id>/withdraw/", lists.withdraw, name="withdraw"),
    path("unmatched/", waiting.show_waiting, name="unmatched"),
    path("unmatched/<uuid:row_id>/", waiting.show_row, name="row"),
    path("unmatched/<uuid:row_id>/match/", waiting.match, name="match"),
    path("unmatched/<uuid:row_id>/settle/", waiting.settle, name="settle"),
    path("unmatched/<uuid:row_id>/undo/", waiting.undo, name="undo"),
]
