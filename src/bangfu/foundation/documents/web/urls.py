"""Addresses of the check page: they stand on issued papers and never change."""

from django.urls import path

from bangfu.foundation.documents.web import check

app_name = "documents"
urlpatterns = [
    path("", check.ask_code, name="ask"),
    path("<str:typed>/", check.check_paper, name="check"),
]
