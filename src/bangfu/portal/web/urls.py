"""Addresses of portal."""

from django.urls import path

from bangfu.portal.web import appealing, asking, declaring, notices, own_side

app_name = "portal"
urlpatterns = [
    path("", asking.home, name="home"),
    path("language/<str:language>/", asking.set_language, name="language"),
    path("declare/", declaring.choose, name="declare"),
    path("declare/<str:village>/", declaring.tell, name="tell"),
    path("status/", asking.status, name="status"),
    path("enquiry/", asking.enquiry, name="enquiry"),
    path("consent/", own_side.consent, name="consent"),
    path("file/", own_side.file, name="file"),
    path("notices/", notices.choose, name="notices"),
    path("notices/<str:village>/", notices.show_village, name="village"),
    path("notices/<str:village>/<str:number>/", notices.show_sheet, name="sheet"),
    path("notices/<str:village>/<str:number>/object/", appealing.object_to, name="object"),
    path("say/<slug:kind>/", appealing.choose, name="say"),
    path("say/<slug:kind>/<str:village>/", appealing.write, name="write"),
]
