"""Addresses of the shell."""

from django.urls import path

from bangfu.shell.web import audit, entry, gallery, health, home, search

app_name = "shell"
urlpatterns = [
    path("", home.show_home, name="home"),
    path("sign-in/", entry.sign_in, name="login"),
    path("sign-out/", entry.sign_out, name="sign_out"),
    path("posting/", entry.switch_posting, name="posting"),
    path("language/", entry.set_language, name="language"),
    path("search/", search.search, name="search"),
    path("audit/", audit.show_audit, name="audit"),
    path("health/", health.report_health, name="health"),
    path("ui/", gallery.show_gallery, name="gallery"),
    path("ui/progress/", gallery.show_progress, name="gallery_progress"),
]
