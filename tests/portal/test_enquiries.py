"""Whoever asks about a household must be of it; who guesses learns nothing, not even that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.foundation.audit.api import AuditEvent
from bangfu.foundation.clock.api import now, using_clock
from bangfu.kernel.clock import FixedClock
from bangfu.kernel.identity import check_digit
from bangfu.kernel.problems import Refused
from bangfu.portal.models import Tally
from bangfu.portal.services.enquiries import enquire, read_enquiry
from bangfu.registry.models import Household, Member
from bangfu.synthetic.dice import Dice
from registry.making import bring, household, make_id, member
from support.seeds import new_seed

if TYPE_CHECKING:
    from cases.recognition_making import Walk
    from portal.conftest import Visitor

BORN = date(1980, 5, 20)
END = "345678"


@pytest.fixture
def home(walk: Walk) -> str:
    """A household whose account ends in six digits that its neighbours do not know."""
    person = member("H9", "1", name="罗德", id_number=make_id(BORN, 123))
    bring(
        household("H9", person, bank_account=f"6200000000{END}"),
    )
    return make_id(BORN, 123)


def ask(number: str, end: str = END, *, name: str = "罗德", address: str = "203.0.113.1") -> bool:
    """Whether an enquiry is answered."""
    return enquire(enquiry=read_enquiry(name, number, end), address=address) is not None


def test_who_proves_all_three_is_answered_again_and_again(home: str) -> None:
    assert [ask(home) for _ in range(4)] == [True] * 4
    opened = AuditEvent.objects.filter(kind="opened", system="portal", subject_type="household")
    assert opened.count() == 4


@pytest.mark.parametrize("wrong", ["name", "number", "end"])
def test_two_proofs_of_three_are_not_enough(home: str, wrong: str) -> None:
    other = make_id(BORN, 125)
    assert not ask(
        other if wrong == "number" else home,
        "345679" if wrong == "end" else END,
        name="罗得" if wrong == "name" else "罗德",
    )


def test_after_the_tries_are_used_up_the_right_answer_is_not_given_either(home: str) -> None:
    """However many telephones they come from: what counts is whom they are about."""
    wrong = [ask(home, f"00000{each}", address=f"198.51.100.{each}") for each in range(2)]
    assert wrong == [False, False]
    assert not ask(home, address="198.51.100.200")
    with using_clock(FixedClock(now() + timedelta(days=181))):
        assert ask(home)


def test_tries_at_one_person_do_not_count_against_another(home: str) -> None:
    for each in range(5):
        ask(home, f"00000{each}")
    person = member("H8", "1", name="李秀", id_number=make_id(BORN, 321))
    bring(
        household("H8", person, bank_account="6200000000765432"),
    )
    assert ask(make_id(BORN, 321), "765432", name="李秀")


def test_a_number_that_cannot_be_right_costs_no_try(home: str) -> None:
    wrong = home[:-1] + ("1" if home[-1] != "1" else "2")
    for _ in range(5):
        with pytest.raises(Refused):
            ask(wrong)
    assert not Tally.objects.exists()
    assert ask(home)


def test_a_household_that_left_the_rolls_is_not_told_about(home: str) -> None:
    Household.objects.filter(household_number="H9").update(active=False)
    assert not ask(home)


def test_a_well_informed_neighbour_succeeds_less_than_once_in_a_hundred(walk: Walk) -> None:
    """They know the name, the village, the birthday and the police station's digits, have many
    telephones and try every day for two years; simulated over many households."""
    chance = Dice("neighbour", new_seed())
    targets = []
    for each in range(40):
        order = chance.between(1, 498) * 2 + 1
        number, end = make_id(BORN, order % 1000), f"{chance.between(0, 999_999):06}"
        person = member(f"N{each}", "1", name=f"邻{each}", id_number=number)
        targets.append((f"邻{each}", number, end, f"N{each}", person))
    known: set[str] = set()
    pairs = []
    for _name, number, end, key, person in targets:
        if number not in known:
            account = f"6200000000{end}"
            pairs.append(household(key, person, bank_account=account))
        known.add(number)
    bring(*pairs)
    guessed = 0
    for name, number, _end, key, _person in targets:
        if Member.objects.filter(person_number=f"{key}-1").exists():
            guessed += any(_two_years(chance, name, number))
    assert guessed / len(targets) < 0.01


def _two_years(chance: Dice, name: str, number: str) -> list[bool]:
    """What a neighbour is told who guesses the last digit of the order and the account's end."""
    found = []
    for day in range(0, 730, 30):
        with using_clock(FixedClock(now() + timedelta(days=day))):
            body = number[:16] + str(chance.between(0, 9))
            guess = f"{chance.between(0, 999_999):06}"
            address = f"198.51.100.{chance.between(0, 249)}"
            found.append(ask(body + check_digit(body), guess, name=name, address=address))
    return found


def test_unknown_wrong_and_used_up_are_one_page_byte_for_byte(home: str, visitor: Visitor) -> None:
    form = {"name": "罗德", "identity": home, "end": "000000"}
    wrong = visitor.post("/public/enquiry/", form)
    nobody = visitor.post("/public/enquiry/", {**form, "identity": make_id(date(1971, 2, 3), 5)})
    visitor.post("/public/enquiry/", form)
    used_up = visitor.post("/public/enquiry/", {**form, "end": END})
    assert wrong.content == nobody.content == used_up.content
    assert {wrong.status_code, nobody.status_code, used_up.status_code} == {200}
    assert "网上不能告诉您" in wrong.content.decode()
    headers = [dict(each.items()) for each in (wrong, nobody, used_up)]
    assert headers[0] == headers[1] == headers[2]


def test_the_work_is_the_same_whether_somebody_is_found_or_not(
    home: str,
) -> None:
    counts = []
    asked = ((home, "000000"), (make_id(date(1971, 2, 3), 5), END))
    for each, (number, end) in enumerate(asked):
        with CaptureQueriesContext(connection) as counted:
            assert not ask(number, end, address=f"198.51.100.{each}")
        counts.append(len(counted.captured_queries))
    assert counts[0] == counts[1]


def test_the_right_enquirer_reads_what_is_registered_and_no_number(
    home: str, visitor: Visitor
) -> None:
    page = visitor.post("/public/enquiry/", {"name": "罗德", "identity": home, "end": END})
    text = page.content.decode()
    assert "您家不是监测帮扶的户" in text
    assert home not in text
    assert END not in text
