"""Addresses of screening."""

from django.urls import path

from bangfu.screening.web import views

app_name = "screening"
urlpatterns = [
    path("", views.show_runs, name="runs"),
    path("new/", views.start_run, name="start"),
    path("jobs/<uuid:job_id>/", views.show_job, name="job"),
    path("<uuid:run_id>/", views.show_run, name="run"),
]
