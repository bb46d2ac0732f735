"""Addresses of policy."""

from django.urls import path

from bangfu.policy.web import catalogue, proposals, views

app_name = "policy"
urlpatterns = [
    path("", views.show_versions, name="versions"),
    path("codes/", catalogue.show_codes, name="codes"),
    path("phases/", views.show_phases, name="phases"),
    path("propose/", proposals.propose, name="propose"),
    path("jobs/<uuid:job_id>/", proposals.show_job, name="job"),
    path("proposals/<uuid:proposal_id>/", proposals.show_proposal, name="proposal"),
    path("proposals/<uuid:proposal_id>/confirm/", proposals.confirm, name="confirm"),
    path("proposals/<uuid:proposal_id>/withdraw/", proposals.withdraw, name="withdraw"),
    path("<uuid:version_id>/", views.show_version, name="version"),
    path("<uuid:version_id>/compare/", views.show_comparison, name="compare"),
    path("<uuid:version_id>/rules/", catalogue.show_rules, name="rules"),
    path("<uuid:version_id>/rules/<slug:name>/", views.show_rule, name="rule"),
    path("<uuid:version_id>/parameters/", catalogue.show_parameters, name="parameters"),
    path("<uuid:version_id>/parameters/<slug:name>/", views.show_parameter, name="parameter"),
    path("<uuid:version_id>/facts/", catalogue.show_facts, name="facts"),
]
