"""Addresses of plans."""

from django.urls import path

from bangfu.plans.web import acting, desk, drafting, measure, measures, mismatches, plan

app_name = "plans"
urlpatterns = [
    path("", desk.show_desk, name="desk"),
    path("measures/", measures.show_measures, name="measures"),
    path("measures/start/", measures.start_many, name="start"),
    path("mismatches/", mismatches.show_mismatches, name="mismatches"),
    path("<uuid:household_id>/", plan.show_plan, name="household"),
    path("<uuid:household_id>/draft/", drafting.draft, name="draft"),
    path("plan/<uuid:plan_id>/move/", acting.move_one_plan, name="move_plan"),
    path("plan/<uuid:plan_id>/add/", drafting.add, name="add"),
    path("measure/<uuid:measure_id>/", measure.show_measure, name="measure"),
    path("measure/<uuid:measure_id>/change/", drafting.change, name="change"),
    path("measure/<uuid:measure_id>/move/", acting.move_one_measure, name="move_measure"),
    path(
        "measure/<uuid:measure_id>/evidence/<uuid:file_id>/",
        measure.download_evidence,
        name="evidence",
    ),
]
