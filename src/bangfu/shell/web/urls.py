"""Addresses of the shell."""

from django.urls import URLPattern

app_name = "shell"
urlpatterns: list[URLPattern] = []
