"""The Django app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Names the app, so that its templates are found."""

    name = "bangfu.foundation.pages"
    label = "pages"
