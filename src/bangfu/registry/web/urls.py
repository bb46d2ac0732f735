"""Addresses of the register."""

from django.urls import path

from bangfu.registry.web import (
    batches,
    comparing,
    household,
    households,
    registers,
    uploads,
)

app_name = "registry"
urlpatterns = [
    path("households/", households.list_page, name="households"),
    path("households/<uuid:household_id>/", household.show_household, name="household"),
    path("households/<uuid:household_id>/history/", household.show_history, name="history"),
    path("households/<uuid:household_id>/compare/", comparing.compare, name="compare"),
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
    path("households/workbook/", registers.ask, name="register_ask"),
    path("households/workbook/<uuid:job_id>/", registers.show_job, name="register_job"),
    path("households/workbook/<uuid:job_id>/done/", registers.show_done, name="register_done"),
    path("households/workbook/<uuid:job_id>/file/", registers.fetch, name="register_fetch"),
    path("imports/", uploads.list_page, name="imports"),
    path("imports/new/", uploads.new_import, name="import_new"),
    path("imports/template/", uploads.download_template, name="import_template"),
    path("imports/jobs/<uuid:job_id>/", uploads.show_job, name="import_job"),
    path("imports/<uuid:batch_id>/", batches.show_batch, name="import"),
    path("imports/<uuid:batch_id>/errors/", batches.download_errors, name="import_errors"),
    path("imports/<uuid:batch_id>/commit/", batches.commit, name="import_commit"),
    path("imports/<uuid:batch_id>/discard/", batches.discard, name="import_discard"),
    path("imports/<uuid:batch_id>/reverse/", batches.reverse_one, name="import_reverse"),
]
