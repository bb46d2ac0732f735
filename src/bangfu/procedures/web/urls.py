"""Addresses of procedures."""

from django.urls import path

from bangfu.procedures.web import views

app_name = "procedures"
urlpatterns = [
    path("", views.show_procedures, name="list"),
    path("<slug:name>/", views.show_procedure, name="procedure"),
]
