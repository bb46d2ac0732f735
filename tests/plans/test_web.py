"""The pages of plans: draft, confirm, decide, carry out; what is refused says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangfu.plans.api import Measure, Plan, move_plan
from plans.plans_making import (
    WORK,
    approved_plan,
    cadre,
    home,
    measure_of,
    office_of,
    plan_of,
    start,
    written,
)
from registry.web_making import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.accounts.api import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(people: dict[str, Person], office: Callable[[str], Actor]) -> Callable[[str], Client]:
    """A browser in which somebody has signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(people[name])
        return client

    return signed_in


def typed(**changes: str) -> dict[str, str]:
    """What a person types for a measure."""
    return {
        "family": "health",
        "risk": "illness",
        "title": "医疗救助",
        "content": "靶向药自付部分",
        "organisation": str(office_of().pk),
        "responsible": str(cadre().pk),
        "amount": "5000",
        "starts_on": "2026-11-20",
        "due_on": "2026-12-20",
        **changes,
    }


def confirmed_draft(villager: Client) -> Plan:
    """A draft made on the pages, with both its proposals confirmed."""
    villager.post(f"/plans/{home().pk}/draft/", {"risks": ["illness"]})
    plan = Plan.objects.get()
    for family, more in (("health", {}), ("employment", {"family": "employment", "risk": ""})):
        change = f"/plans/measure/{measure_of(plan, family).pk}/change/"
        assert "确认" in words(villager.get(change))
        assert villager.post(change, typed(**more)).status_code == 302
    return plan


def test_a_plan_is_drafted_with_proposals_on_its_page(browser: Callable[[str], Client]) -> None:
    villager = browser("villager")
    address = f"/plans/{home().pk}/"
    assert "还没有帮扶方案" in words(villager.get(address))
    assert 'value="illness"' in villager.get(f"{address}draft/").content.decode()
    made = villager.post(f"{address}draft/", {"risks": ["illness"]}, follow=True)
    assert "2 项措施，2 项建议待确认；有劳动力，已有就业帮扶" in words(made)


def test_a_plan_is_confirmed_and_decided_about_on_pages(browser: Callable[[str], Client]) -> None:
    villager, reviewer = browser("villager"), browser("reviewer")
    plan = confirmed_draft(villager)
    sent = villager.post(f"/plans/plan/{plan.pk}/move/", {"move": "submit"}, follow=True)
    assert "已办好" in words(sent)
    assert "等您审定 1 份" in words(reviewer.get("/plans/"))
    assert "审定方案" in words(reviewer.get("/"))
    done = reviewer.post(f"/plans/plan/{plan.pk}/move/", {"move": "approve"}, follow=True)
    assert "2 项措施，还没有开始" in words(done)


def test_a_measure_is_carried_out_on_its_page(
    browser: Callable[[str], Client], office: Callable[[str], Actor]
) -> None:
    villager, measure = browser("villager"), measure_of(approved_plan(office))
    page = f"/plans/measure/{measure.pk}/"
    begun = villager.post(f"{page}move/", {"move": "start", "on": "2026-11-20"}, follow=True)
    assert "医疗救助，实施中" in words(begun)
    paper = SimpleUploadedFile("票据.txt", "发票".encode())
    finish = {"move": "finish", "on": "2026-11-20", "note": "报销到位", "evidence": paper}
    ended = words(villager.post(f"{page}move/", finish, follow=True))
    for each in ("医疗救助，已完成", "报销到位", "纯收入缺数据"):
        assert each in ended
    evidence = f"{page}evidence/{Measure.objects.get(pk=measure.pk).evidence[0]}/"
    got: Any = browser("reviewer").get(evidence)
    assert b"".join(got.streaming_content) == "发票".encode()
    assert browser("neighbour").get(evidence).status_code == 404
    assert "2 项措施，已完成 1 项" in words(villager.get(f"/plans/{home().pk}/"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"family": "finance", "amount": "60000"}, "超过上限 50,000 元"),
        ({"due_on": "2026-11-01"}, "早于开始日期"),
        ({"due_on": "明天"}, "不是一个日期"),
        ({"amount": "很多"}, "请写数字"),
        ({"responsible": ""}, "请选责任人"),
        ({"title": ""}, "请用几个字写明"),
        ({"starts_on": "2025-06-01"}, "没有在这一户所在的地方任职"),
    ],
)
def test_a_measure_that_cannot_stand_comes_back_with_its_reason_and_all_that_was_typed(
    browser: Callable[[str], Client],
    office: Callable[[str], Actor],
    changes: dict[str, str],
    said: str,
) -> None:
    plan = plan_of(office)
    answer = browser("villager").post(f"/plans/plan/{plan.pk}/add/", typed(**changes))
    assert said in words(answer)
    assert "靶向药自付部分" in answer.content.decode()
    assert not plan.measures.exists()


def test_what_the_procedure_refuses_is_said_on_the_page(
    browser: Callable[[str], Client], office: Callable[[str], Actor]
) -> None:
    plan = plan_of(office, written())
    move_plan(actor=office("villager"), plan_id=plan.pk, move="submit")
    page = words(browser("reviewer").get(f"/plans/{home().pk}/"))
    assert "有劳动力，还没有开发式帮扶" in page
    answer = browser("reviewer").post(f"/plans/plan/{plan.pk}/move/", {"move": "approve"})
    assert answer.status_code == 409
    assert "要有一项开发式帮扶" in words(answer)
    bare = browser("reviewer").post(f"/plans/plan/{plan.pk}/move/", {"move": "return"})
    assert "要写明情况或理由" in words(bare)


def test_finishing_without_paper_or_on_a_day_to_come_comes_back(
    browser: Callable[[str], Client], office: Callable[[str], Actor]
) -> None:
    measure = measure_of(approved_plan(office))
    start(office("villager"), measure)
    page = f"/plans/measure/{measure.pk}/move/"
    answer = browser("villager").post(page, {"move": "finish", "note": "到位"})
    assert answer.status_code == 409
    assert "缺少材料：佐证材料" in words(answer)
    assert "到位" in answer.content.decode()
    answer = browser("villager").post(page, {"move": "finish", "on": "月底", "note": "到位"})
    assert "不是一个日期" in words(answer)
    assert Measure.objects.get(pk=measure.pk).matter.state == "started"


def test_strangers_find_nothing(
    browser: Callable[[str], Client], office: Callable[[str], Actor]
) -> None:
    plan = approved_plan(office)
    measure = measure_of(plan)
    for name in ("neighbour", "stranger"):
        client = browser(name)
        for address in (f"/plans/{home().pk}/", f"/plans/measure/{measure.pk}/"):
            assert client.get(address).status_code == 404
        for address in (f"/plans/plan/{plan.pk}/move/", f"/plans/measure/{measure.pk}/move/"):
            assert client.post(address, {"move": "close"}).status_code == 404
        assert client.get(f"/plans/plan/{plan.pk}/add/").status_code == 404
    assert browser("officer").get(f"/plans/{home().pk}/?plan={measure.pk}").status_code == 404
    assert browser("officer").get(f"/plans/{home().pk}/?plan=x").status_code == 404


def test_who_only_reads_is_offered_nothing_to_write(
    browser: Callable[[str], Client], office: Callable[[str], Actor]
) -> None:
    plan = plan_of(office, written())
    watcher = browser("watcher")
    assert "加一项措施" not in words(watcher.get(f"/plans/{home().pk}/"))
    assert watcher.get(f"/plans/plan/{plan.pk}/add/").status_code == 403
    assert "今天开始实施" not in words(watcher.get("/plans/measures/"))


def test_many_measures_start_from_the_list(
    browser: Callable[[str], Client], office: Callable[[str], Actor]
) -> None:
    plan = approved_plan(office)
    planned = measure_of(plan_of(office, written(), number="H2"))
    chosen = [str(each.pk) for each in (*plan.measures.all(), planned)]
    client = browser("officer")
    assert "今天开始实施" in words(client.get("/plans/measures/"))
    answer = client.post("/plans/measures/start/", {"pick": chosen}, follow=True)
    assert "2 项措施开始实施" in words(answer)
    assert "1 项没有开始" in words(answer)
    nothing = client.post("/plans/measures/start/", {"pick": ["x"]}, follow=True)
    assert "没有选择措施" in words(nothing)


def test_lists_are_given_out_to_who_may_export(
    browser: Callable[[str], Client], office: Callable[[str], Actor]
) -> None:
    approved_plan(office)
    for address in ("/plans/", "/plans/measures/", "/plans/mismatches/"):
        assert browser("officer").get(f"{address}?export=xlsx").status_code == 200
        assert browser("reviewer").get(f"{address}?export=xlsx").status_code == 403
        assert browser("officer").get(f"{address}?place=511921103&sort=-name").status_code == 200


def test_help_that_does_not_fit_is_listed_with_what_is_meant(
    browser: Callable[[str], Client], office: Callable[[str], Actor]
) -> None:
    plan_of(office, written(), risks=["illness", "housing"])
    page = words(browser("officer").get("/plans/mismatches/"))
    assert "1 户的帮扶不到位" in page
    assert "有风险没有对应措施" in page
    assert "满 6 个月" in page
    assert "没有帮扶不到位的户" in words(browser("neighbour").get("/plans/mismatches/"))


def test_other_pages_show_the_plan(
    browser: Callable[[str], Client], office: Callable[[str], Actor]
) -> None:
    plan = approved_plan(office, written(), written(**WORK, due_on=written().due_on))
    household = words(browser("villager").get(f"/households/{home().pk}/"))
    assert "帮扶方案" in household
    assert "医疗救助" in household
    early = {"starts_on": "2026-11-01", "due_on": "2026-11-19"}
    Measure.objects.filter(plan=plan, family="health").update(**early)
    village = words(browser("villager").get("/villages/511921103201/"))
    assert "1 项帮扶措施已经逾期" in village
    assert "措施逾期" in words(browser("villager").get("/"))


def test_english_pages_are_drawn(
    browser: Callable[[str], Client], office: Callable[[str], Actor]
) -> None:
    plan = approved_plan(office)
    client = browser("officer")
    client.post("/language/", {"language": "en", "next": "/"})
    for address in (
        "/plans/",
        "/plans/measures/",
        "/plans/mismatches/",
        f"/plans/{home().pk}/",
        f"/plans/measure/{measure_of(plan).pk}/",
    ):
        assert client.get(address).status_code == 200


def test_dropping_without_a_reason_comes_back(
    browser: Callable[[str], Client], office: Callable[[str], Actor]
) -> None:
    measure = measure_of(plan_of(office, written()))
    answer = browser("villager").post(f"/plans/measure/{measure.pk}/move/", {"move": "drop"})
    assert answer.status_code == 409
    assert "要写明情况或理由" in words(answer)
