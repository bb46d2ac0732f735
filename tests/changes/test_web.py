"""The pages of changes: ask, compare, decide."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangfu.changes.api import ChangeRequest
from bangfu.registry.api import Household, Member
from registry.making import make_id
from registry.test_adjusting_services import names
from registry.web_making import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.accounts.api import Person

pytestmark = pytest.mark.django_db

COMMON = {"day": "2026-11-10", "note": "入户时核实"}


@pytest.fixture
def browser(people: dict[str, Person], office: Callable[[str], Actor]) -> Callable[[str], Client]:
    """A browser in which somebody has signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(people[name])
        return client

    return signed_in


def home(number: str = "H1") -> Household:
    return Household.objects.get(household_number=number)


def ask(client: Client, kind: str, typed: dict[str, Any], query: str = "") -> Any:
    address = f"/changes/ask/{home().pk}/{kind}/{query}"
    page = client.get(address)
    assert page.status_code == 200, words(page)
    return client.post(address, {**COMMON, **typed})


def decide(client: Client, move: str, note: str = "") -> Any:
    request = ChangeRequest.objects.latest("asked_at")
    return client.post(f"/changes/{request.pk}/move/", {"move": move, "note": note}, follow=True)


BABY = {
    "reason": "newborn", "person_number": "H1-5", "name": "张新", "sex": "male",
    "id_type": "resident", "birth_date": "2026-11-05", "relation": "grandson",
}  # fmt: skip
RELATED = {"relation_1": "head", "relation_2": "son", "relation_3": "daughter_in_law"}

KINDS: list[tuple[str, dict[str, Any], str, list[str]]] = [
    ("join", BABY, "", ["张三", "张小军", "张新", "李芳", "王梅"]),
    ("leave", {"person": "H1-2", "reason": "died"}, "", ["张三", "张小军", "李芳"]),
    ("leave", {"person": "H1-1", "reason": "died", **RELATED}, "", ["张小军", "李芳", "王梅"]),
    ("change_head", {"relation_0": "spouse", **RELATED}, "", ["张三", "张小军", "李芳", "王梅"]),
    (
        "split",
        {"goes_2": "on", "goes_3": "on", "relation_2": "head", "relation_3": "spouse",
         "new_number": "H1-F", "group": "4 组"},
        "",
        ["张三", "王梅"],
    ),
    (
        "merge",
        {"target": "H2", **{f"relation_{place}": "other" for place in range(4)}},
        "",
        [],
    ),
    ("move", {"village": "511921103202", "group": "3 组", "living": ""}, "",
     ["张三", "张小军", "李芳", "王梅"]),
    ("correct", {"item_housing_grade": "C"}, "?part=household:living",
     ["张三", "张小军", "李芳", "王梅"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed", "query", "people_after"), KINDS)
def test_what_is_asked_on_a_page_is_compared_and_made(
    browser: Callable[[str], Client],
    kind: str,
    typed: dict[str, Any],
    query: str,
    people_after: list[str],
) -> None:
    if kind == "join":
        typed = {**typed, "id_number": make_id(date(2026, 11, 5), 11)}
    answer = ask(browser("officer"), kind, typed, query)
    assert answer.status_code == 302, words(answer)
    request = ChangeRequest.objects.get()
    page = browser("reviewer").get(f"/changes/{request.pk}/")
    assert "改前改后" in words(page)
    assert "入户时核实" in words(page)
    done = decide(browser("reviewer"), "apply")
    assert "已办好" in done.content.decode(), words(done)
    assert names("H1") == people_after
    assert browser("officer").get(f"/households/{home().pk}/").status_code == 200
    assert browser("officer").get(f"/households/{home().pk}/history/").status_code == 200
    undone = decide(browser("reviewer"), "undo", "填错了")
    assert "已办好" in undone.content.decode(), words(undone)
    assert names("H1") == ["张三", "张小军", "李芳", "王梅"]


def test_a_correction_shows_the_old_value_struck_and_hides_secrets(
    browser: Callable[[str], Client],
) -> None:
    typed = {"item_phone": "19911112222"}
    assert ask(browser("villager"), "correct", typed, "?part=household:head").status_code == 302
    request = ChangeRequest.objects.get()
    page = browser("reviewer").get(f"/changes/{request.pk}/").content.decode()
    assert "199****0000" in page
    assert "199****2222" in page
    assert "19911112222" not in page
    assert b"19911112222" not in bytes(request.sealed)


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("leave", {"person": "H1-1", "reason": "died"}, "请在一个人那里选“户主”"),
        ("split", {"new_number": "H1-F"}, "请勾选要分出去的成员"),
        ("leave", {"person": "H1-2", "reason": "died", "day": "2026-12-01"}, "这一天还没有到"),
        ("merge", {"target": "H9", **{f"relation_{n}": "other" for n in range(4)}}, "找不到户编号"),
        ("move", {"village": "", "group": "", "living": ""}, "什么也没有改"),
    ],
)
def test_what_cannot_be_asked_comes_back_with_its_reason(
    browser: Callable[[str], Client], kind: str, typed: dict[str, Any], said: str
) -> None:
    answer = ask(browser("villager"), kind, typed)
    assert said in words(answer)
    assert "入户时核实" in answer.content.decode()
    assert not ChangeRequest.objects.exists()


def test_evidence_is_kept_and_opened_by_who_may_see_the_request(
    browser: Callable[[str], Client],
) -> None:
    paper = SimpleUploadedFile("死亡证明.txt", "证明".encode())
    typed = {"person": "H1-2", "reason": "died", "evidence": paper}
    assert ask(browser("villager"), "leave", typed).status_code == 302
    request = ChangeRequest.objects.get()
    address = f"/changes/{request.pk}/evidence/{request.evidence[0]}/"
    got: Any = browser("reviewer").get(address)
    assert b"".join(got.streaming_content) == "证明".encode()
    assert browser("neighbour").get(address).status_code == 404


def test_the_list_is_scoped_sorted_and_given_out(browser: Callable[[str], Client]) -> None:
    ask(browser("villager"), "leave", {"person": "H1-2", "reason": "died"})
    for name, count in (("officer", 1), ("villager", 1), ("neighbour", 0)):
        assert f"信息变更 {count} 件" in words(browser(name).get("/changes/?sort=-asked"))
    assert browser("officer").get("/changes/?export=xlsx").status_code == 200
    assert browser("reviewer").get("/changes/?export=xlsx").status_code == 403
    home_page = words(browser("reviewer").get("/"))
    assert "审核变更" in home_page
    assert Member.objects.filter(active=True).count() == 5
