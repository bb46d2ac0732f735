"""The pages of runs, and the verdicts on a household's page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.html import strip_tags

from bangfu.foundation.access.api import actor_of, system_actor
from bangfu.foundation.jobs.api import run_worker
from bangfu.foundation.jobs.models import Job
from bangfu.registry.models import Household
from bangfu.screening.api import run_screening
from bangfu.screening.models import Finding, Run
from bangfu.screening.web.verdicts import rules_panel, top_panel
from support.people import COUNTY, TOWNSHIP

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from support.people import Worker

START = reverse("screening:start")


def words(answer: HttpResponse) -> str:
    """The visible text, spaces evened out."""
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


@pytest.fixture
def officer(worker: Callable[[str], Worker], county: dict[str, Household], pack: None) -> Client:
    client = Client()
    client.force_login(worker("officer").person)
    return client


def test_a_county_without_a_run_says_what_comes_next(officer: Client) -> None:
    text = words(officer.get(reverse("screening:runs")))
    assert "还没有筛查过" in text
    assert "导入登记表以后会自动筛查。" in text


def test_a_run_shows_counts_by_rule_and_how_to_repeat_it(officer: Client) -> None:
    run = run_screening(actor=system_actor("tests"), division=COUNTY)
    text = words(officer.get(reverse("screening:run", args=[run.pk])))
    fired = sum(each.fired for each in run.counts.all())
    unknown = sum(each.unknown for each in run.counts.all())
    assert f" {run.households} 户：触发 {fired} 项，缺数据 {unknown} 项" in text
    for each in run.counts.all():
        assert f"{each.label['zh']}" in text
    assert run.digest[:12] in text
    assert run.pack_hash[:12] in text
    assert run.snapshot_hash[:12] in text


def test_screening_is_work_of_the_queue_and_ends_at_the_run(officer: Client) -> None:
    answer = officer.post(START, {"division": COUNTY, "as_of": "", "wish": "one"})
    job = Job.objects.get(kind="screening.run")
    assert answer.url == reverse("screening:job", args=[job.pk])
    waiting = officer.get(answer.url)
    assert "排队等候" in words(waiting)
    assert waiting.headers["Refresh"] == "5"
    run_worker(once=True)
    run = Run.objects.get()
    done = officer.get(answer.url)
    assert done.url == reverse("screening:run", args=[run.pk])
    part = officer.get(answer.url, headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == done.url


def test_the_same_wish_sent_twice_is_one_job(officer: Client) -> None:
    for _ in range(2):
        officer.post(START, {"division": COUNTY, "as_of": "", "wish": "twice"})
    assert Job.objects.filter(kind="screening.run").count() == 1


def test_trying_a_value_writes_no_finding_and_says_who_enters(officer: Client) -> None:
    run_screening(actor=system_actor("tests"), division=COUNTY)
    before = set(Finding.objects.values_list("pk", "cleared_at"))
    form = {"division": COUNTY, "as_of": "", "wish": "try", "set-monitoring_line": "900000"}
    address = officer.post(START, form).url
    run_worker(once=True)
    text = words(officer.get(officer.get(address).url))
    trial = Run.objects.get(kind=Run.Kind.SIMULATION)
    enters = trial.comparison["households"]["enters"]
    assert enters > 0
    assert f"试算：多出 {enters} 户，少掉 0 户" in text
    assert "试算不写入登记簿，也不产生线索。" in text
    assert set(Finding.objects.values_list("pk", "cleared_at")) == before


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"as_of": "20.11.2026"}, "不是日期。请写成 2026-11-20。"),
        ({"as_of": "2999-01-01"}, "这一天还没有到。"),
        ({"as_of": "", "set-monitoring_line": "1.2万"}, "不是这个参数的值。"),
    ],
)
def test_bad_input_stays_with_its_reason(officer: Client, form: dict[str, str], said: str) -> None:
    answer = officer.post(START, {"division": COUNTY, "wish": "bad", **form})
    assert answer.status_code == 200
    assert said in words(answer)
    assert all(value in answer.content.decode() for value in form.values())
    assert not Job.objects.filter(kind="screening.run").exists()


def test_who_may_only_look_finds_no_way_to_start(
    worker: Callable[[str], Worker], county: dict[str, Household], pack: None
) -> None:
    client = Client()
    client.force_login(worker("villager").person)
    assert "筛查或试算" not in words(client.get(reverse("screening:runs")))
    assert client.get(START).status_code == 403


def test_a_run_of_the_county_is_not_a_villages_to_see(
    worker: Callable[[str], Worker], county: dict[str, Household], pack: None
) -> None:
    run = run_screening(actor=system_actor("tests"), division=COUNTY)
    client = Client()
    client.force_login(worker("villager").person)
    assert client.get(reverse("screening:run", args=[run.pk])).status_code == 404


@pytest.fixture
def looking(worker: Callable[[str], Worker]) -> Callable[[str], HttpRequest]:
    """A request by one of the people."""

    def ask(name: str) -> HttpRequest:
        request = RequestFactory().get("/")
        request.actor = actor_of(worker(name).person)
        return request

    return ask


def test_a_household_leads_with_its_reason_and_counts_all_three_answers(
    looking: Callable[[str], HttpRequest], county: dict[str, Household]
) -> None:
    panel = top_panel(looking("officer"), county["poor"])
    assert panel is not None
    text = re.sub(r"\s+", " ", strip_tags(render_to_string(panel.template, panel.context)))
    assert "低于监测线" in text
    assert "6 条规则：1 条触发，5 条没触发，0 条缺数据没法判断。" in text


def test_what_is_missing_is_named_and_never_shown_as_a_number(
    looking: Callable[[str], HttpRequest], county: dict[str, Household]
) -> None:
    Household.objects.filter(pk=county["poor"].pk).update(housing_grade="")
    panel = rules_panel(looking("officer"), county["poor"])
    assert panel is not None
    housing = next(each for each in panel.context["shown"] if each.rule == "unsafe_housing")
    assert (housing.outcome, housing.missing) == ("unknown", "住房安全等级")


def test_who_may_not_see_the_place_gets_no_panel(
    looking: Callable[[str], HttpRequest], county: dict[str, Household]
) -> None:
    far = next(each for each in county.values() if not each.village_code.startswith(TOWNSHIP))
    request = looking("reviewer")
    assert top_panel(request, far) is None
    assert rules_panel(request, far) is None
