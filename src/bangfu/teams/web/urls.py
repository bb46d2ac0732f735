"""Addresses of people and postings."""

from django.urls import path

from bangfu.teams.web import acts, grid, lists, organisations, person, uploads

app_name = "teams"
urlpatterns = [
    path("", lists.list_duties, name="duties"),
    path("gaps/", lists.list_gaps, name="gaps"),
    path("duties/new/", acts.begin_duty, name="duty_new"),
    path("duties/<uuid:duty_id>/end/", acts.end_duty, name="duty_end"),
    path("pairings/", lists.list_pairings, name="pairings"),
    path("pairings/unhelped/", lists.list_unhelped, name="unhelped"),
    path("pairings/new/<uuid:household_id>/", acts.begin_pairing, name="pairing_new"),
    path("pairings/<uuid:pairing_id>/end/", acts.end_pairing, name="pairing_end"),
    path("people/", lists.list_people, name="people"),
    path("people/<uuid:cadre_id>/", person.show_person, name="person"),
    path("people/<uuid:cadre_id>/reveal/", person.reveal, name="reveal"),
    path("grid/", grid.show_grid, name="grid"),
    path("grid/<slug:tier>/<str:net>/", grid.show_net, name="net"),
    path("organisations/", lists.list_organisations, name="organisations"),
    path("organisations/new/", organisations.add_organisation, name="organisation_new"),
    path(
        "organisations/<uuid:organisation_id>/",
        organisations.show_organisation,
        name="organisation",
    ),
    path("organisations/<uuid:organisation_id>/succeed/", organisations.succeed, name="succeed"),
    path("imports/", uploads.list_page, name="imports"),
    path("imports/new/", uploads.new_import, name="import_new"),
    path("imports/template/<slug:kind>/", uploads.download_template, name="import_template"),
    path("imports/current/<slug:kind>/", uploads.download_current, name="import_current"),
    path("imports/jobs/<uuid:job_id>/", uploads.show_job, name="import_job"),
    path("imports/<uuid:upload_id>/", uploads.show_upload, name="import"),
    path("imports/<uuid:upload_id>/errors/", uploads.download_errors, name="import_errors"),
    path("imports/<uuid:upload_id>/commit/", uploads.commit, name="import_commit"),
    path("imports/<uuid:upload_id>/discard/", uploads.discard, name="import_discard"),
]
