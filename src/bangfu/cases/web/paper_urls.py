"""Addresses of papers."""

from django.urls import path

from bangfu.cases.web import papers

app_name = "papers"

urlpatterns = [
    path("<uuid:paper_id>/", papers.fetch, name="paper"),
    path("case/<uuid:case_id>/", papers.show_papers, name="case"),
    path("case/<uuid:case_id>/<slug:kind>/", papers.issue, name="issue"),
    path("case/<uuid:case_id>/<slug:kind>/preview/", papers.preview, name="preview"),
    path("household/<uuid:household_id>/", papers.issue_household_card, name="card"),
    path("village/<slug:village>/", papers.ask_cards, name="cards"),
    path("cards/<uuid:job_id>/", papers.show_cards_job, name="cards_job"),
    path("cards/<uuid:job_id>/done/", papers.show_cards, name="cards_done"),
]
