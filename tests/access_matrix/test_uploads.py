"""A workbook is no key to another county: what it compares and takes over ends at the scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from access_matrix.asking import strangers, text_of
from access_matrix.world import DAY, FAR, B
from bangfu.foundation.secrets.api import unseal
from bangfu.registry.api import Household, ImportBatch
from registry.making import household, member
from trust.registration import workbook_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from access_matrix.world import World
    from registry.making import Pair

pytestmark = pytest.mark.django_db

MINE = "H-MINE"


@dataclass(frozen=True, slots=True)
class Upload:
    """A checked upload of the officer next door, and everything its pages say."""

    batch: ImportBatch
    client: Client
    said: str


def upload(world: World, *pairs: Pair) -> Upload:
    who = world.people["county_officer_next_door"]
    assert who.person is not None
    client = Client()
    client.force_login(who.person)
    file = SimpleUploadedFile("登记.xlsx", workbook_of(pairs))
    sent = {"upload": file, "division": B, "data_date": DAY.isoformat()}
    answer: HttpResponse = client.post("/imports/new/", sent)
    assert answer.status_code == 302, answer.content.decode()
    address = answer.headers["Location"]
    batch = ImportBatch.objects.get(pk=address.rstrip("/").rpartition("/")[2])
    views = [address, f"{address}?show=refused", f"{address}?show=changed"]
    said = "".join(text_of(client.get(view)) for view in views)
    return Upload(batch, client, said)


def names_a_stranger(world: World, done: Upload, *typed: str) -> list[str]:
    said = done.said
    for each in typed:
        said = said.replace(each, "")
    return list(strangers(world, world.people["county_officer_next_door"], said))


def test_a_household_of_another_county_is_neither_shown_nor_taken_over(world: World) -> None:
    theirs = world.homes[0]
    before = Household.objects.get(pk=theirs.id)
    row, people = household(
        theirs.number, member(theirs.number, "1"), village_code=FAR, size=1, helper_name="无名"
    )
    done = upload(world, (row, people))
    assert (done.batch.changed, done.batch.refused) == (0, 1)
    assert "这个户编号已经登记在您的辖区以外" in done.said
    assert names_a_stranger(world, done, theirs.number) == []
    done.client.post(f"/imports/{done.batch.id}/commit/")
    after = Household.objects.get(pk=theirs.id)
    assert (after.village_code, after.content_hash) == (before.village_code, before.content_hash)


def test_a_person_of_another_county_is_refused_without_saying_where_they_live(
    world: World,
) -> None:
    theirs = world.homes[0]
    person = Household.objects.get(pk=theirs.id).members.get(pk=theirs.member)
    number = unseal("registry_member", "id_number_sealed", person.pk, person.id_number_sealed)
    mine = member(MINE, "1", id_number=number, birth_date=person.birth_date, sex=person.sex)
    done = upload(world, household(MINE, mine, village_code=FAR))
    assert (done.batch.new, done.batch.refused) == (0, 1)
    assert "这个人已经登记在您辖区以外的一户" in done.said
    assert names_a_stranger(world, done) == []


def test_a_person_number_of_another_county_is_refused_without_saying_whose_it_is(
    world: World,
) -> None:
    person = Household.objects.get(pk=world.homes[0].id).members.get(pk=world.homes[0].member)
    mine = member(MINE, "1", person_number=person.person_number)
    done = upload(world, household(MINE, mine, village_code=FAR))
    assert (done.batch.new, done.batch.refused) == (0, 1)
    assert "这个人编号已经登记在您辖区以外的一户" in done.said
    assert names_a_stranger(world, done, person.person_number) == []


def test_inside_the_county_the_household_is_named(world: World) -> None:
    ours = world.homes[-1]
    person = Household.objects.get(pk=ours.id).members.get(pk=ours.member)
    mine = member(MINE, "1", person_number=person.person_number)
    done = upload(world, household(MINE, mine, village_code=FAR))
    assert done.batch.refused == 1
    assert f"人编号登记在户编号 {ours.number} 名下" in done.said
