"""Addresses: each feature brings its own under one prefix."""

from django.urls import include, path

urlpatterns = [
    path("", include("bangfu.shell.web.urls")),
]
