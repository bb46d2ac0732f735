"""No number of a person lies anywhere in the clear after the product has been used.

A register is uploaded by its page, committed, screened, made into clues, looked at and exported,
by the ways people use. Then every file under the home, beside it and in the temporary folder, the
log and every row of the database are searched for the identity numbers, the phone and the account,
whole or in part.
"""

from __future__ import annotations

import logging
import re
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from django.conf import settings as product
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from access_matrix.world import PLACES
from bangfu.cases.api import Clue
from bangfu.config.home import mark_demo
from bangfu.foundation.access.api import system_actor
from bangfu.foundation.audit.api import AuditEvent, seal_batch
from bangfu.foundation.clock.api import today
from bangfu.foundation.jobs.api import run_worker
from bangfu.policy.api import publish_pack
from bangfu.registry.api import Household, ImportBatch, load_divisions
from bangfu.registry.queries.divisions import forget_divisions
from registry.making import VILLAGE, household, make_id, member
from support.people import make_worker
from trust.registration import workbook_of
from trust.sweeping import found_in, found_in_database, found_in_folder, rows_of_database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db(transaction=True)

PHONE: Final = "19907316429"
ACCOUNT: Final = "6228480917365528"
BORN: Final = (date(1990, 1, 2), date(1961, 7, 30), date(2012, 11, 9))
IDS: Final = tuple(make_id(day, order) for order, day in enumerate(BORN, start=641))
WRONG_ID: Final = IDS[1][:-1] + ("0" if IDS[1][-1] != "0" else "1")
SECRETS: Final = (*IDS, WRONG_ID, PHONE, ACCOUNT)
HEAD: Final = "诸葛春兰"
NUMBER: Final = "H-KNOWN"


@dataclass
class Used:
    """A home in which people have worked.

    Attributes:
        folder: holds the home, what lies beside it, and the temporary folder.
        workbooks: what was downloaded: exports, and the marked workbook.
        pages: every other answer.
    """

    folder: Path
    workbooks: dict[str, bytes]
    pages: dict[str, bytes]
    client: Client
    home: Household


def _register() -> bytes:
    people = [
        member(NUMBER, str(n), name=f"{HEAD}{n}" if n else HEAD, id_number=number, birth_date=born,
               relation="son" if n else "head")
        for n, (number, born) in enumerate(zip(IDS, BORN, strict=True))
    ]  # fmt: skip
    good = household(NUMBER, *people, phone=PHONE, bank_account=ACCOUNT, housing_grade="D")
    spoilt = household("H-SPOILT", member("H-SPOILT", "1", id_number=WRONG_ID, birth_date=BORN[1]),
                       phone=PHONE, bank_account=ACCOUNT)  # fmt: skip
    return workbook_of([good, spoilt])


def _content(answer: HttpResponse) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def _upload(client: Client, used: Used) -> None:
    file = SimpleUploadedFile("登记.xlsx", _register())
    sent = {"upload": file, "division": "511921", "data_date": today().isoformat()}
    answer = client.post("/imports/new/", sent)
    assert answer.status_code == 302, answer.content.decode()
    batch = ImportBatch.objects.get()
    assert (batch.new, batch.refused) == (1, 1)
    used.pages["preview"] = client.get(answer.headers["Location"]).content
    used.workbooks["errors"] = client.get(f"/imports/{batch.id}/errors/").content
    assert client.post(f"/imports/{batch.id}/commit/").status_code == 302
    run_worker(once=True)
    assert Clue.objects.exists()


def _look_around(client: Client, used: Used) -> None:
    home, clue = Household.objects.get(), Clue.objects.first()
    assert clue is not None
    used.home = home
    for page in (
        "/", "/households/", "/places/", f"/households/{home.id}/",
        f"/households/{home.id}/history/", "/imports/", "/clues/", f"/clues/{clue.id}/", "/runs/",
        f"/search/?q={IDS[0]}", f"/search/?q={PHONE}", f"/search/?q={HEAD}",
        f"/households/?q={IDS[0]}", f"/clues/?q={PHONE}",
    ):  # fmt: skip
        answer = client.get(page)
        assert answer.status_code == 200, page
        used.pages[page] = _content(answer)
    columns = "&cols=".join(("number", "village", "size", "helper_name"))
    for page in ("/households/", "/clues/"):
        answer = client.get(f"{page}?export=xlsx&cols={columns}")
        assert answer.status_code == 200, page
        used.workbooks[page] = _content(answer)


@pytest.fixture
def used(
    settings: SettingsWrapper,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> Iterator[Used]:
    """A home of the test's own, used by a county officer."""
    settings.BANGFU_HOME = tmp_path / "home"
    settings.BANGFU_CHECKPOINTS = tmp_path / "checkpoints"
    settings.BANGFU_DEMO = True
    mark_demo(settings.BANGFU_HOME)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    caplog.set_level(logging.DEBUG)
    forget_divisions()
    load_divisions(rows=[*PLACES])
    publish_pack(actor=system_actor("tests"), path="demo", valid_from=date(2021, 1, 1))
    client = Client()
    client.force_login(make_worker("officer").person)
    made = Used(tmp_path, {}, {}, client, Household())
    _upload(client, made)
    _look_around(client, made)
    seal_batch()
    yield made
    forget_divisions()


def test_no_number_lies_in_a_file_a_row_or_the_log(
    used: Used, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    assert list(found_in_folder(used.folder, SECRETS)) == []
    assert list(found_in_database(SECRETS)) == []
    said = "\n".join([caplog.text, *capfd.readouterr()])
    assert list(found_in("log", said.encode(), SECRETS)) == []
    if connection.vendor == "sqlite":
        files = Path(product.DATABASES["default"]["TEST"]["NAME"])
        for path in files.parent.glob(f"{files.name}*"):
            assert list(found_in(path.name, path.read_bytes(), SECRETS)) == []


def test_the_sweep_reaches_where_things_are_kept(used: Used) -> None:
    """What is kept in the clear is found, so what is not found is not there."""
    tables = {table for table, row in rows_of_database() if HEAD.encode() in row}
    assert {"registry_household", "registry_member", "registry_householdversion"} <= tables
    kinds = {path.suffix for path in used.folder.rglob("*") if path.is_file()}
    assert ".parquet" in kinds
    assert len([path for path in used.folder.rglob("*") if "files" in path.parts]) >= 1
    village = list(found_in_folder(used.folder, [VILLAGE]))
    assert any("parquet" in each for each in village)
    if connection.vendor == "sqlite":
        file = Path(product.DATABASES["default"]["TEST"]["NAME"])
        written = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
        assert HEAD.encode() in written


def test_pages_and_exports_mask_numbers_but_the_uploader_gets_their_own_rows_back(
    used: Used,
) -> None:
    errors = used.workbooks.pop("errors")
    assert list(found_in("the marked workbook", errors, [WRONG_ID])) != []
    for name, content in used.workbooks.items():
        assert list(found_in(name, content, SECRETS)) == []
        assert len(content) > 1000
    for name, content in used.pages.items():
        typed = {each for each in SECRETS if each in name}
        assert list(found_in(name, content, {*SECRETS} - typed - {WRONG_ID})) == [], name


def test_a_number_is_shown_whole_for_a_reason_and_is_not_kept(used: Used) -> None:
    row = used.home.members.order_by("person_number").first()
    assert row is not None
    wanted: dict[str, str] = {
        f"/households/{used.home.id}/reveal/phone/": PHONE,
        f"/households/{used.home.id}/reveal/bank_account/": ACCOUNT,
        f"/households/{used.home.id}/members/{row.id}/reveal/id_number/": IDS[0],
    }
    for page, secret in wanted.items():
        said = used.client.post(page, {"reason": "入户核实"}).content.decode()
        assert secret in re.sub(r"[\s ]|<wbr>", "", said), page
    assert list(found_in_database(SECRETS)) == []
    assert list(found_in_folder(used.folder, SECRETS)) == []


_LONG: Final = re.compile(r"(?<![0-9A-Fa-f])(?:\d{17}[\dXx]|\d{11})(?![0-9A-Fa-f])")


def test_rows_of_the_audit_hold_no_number_of_a_person(used: Used) -> None:
    rows = AuditEvent.objects.values_list(
        "action", "filters", "purpose", "subject_ids", "subject_type", "system", "division"
    )
    assert len(rows) > 15
    kinds = set(AuditEvent.objects.values_list("kind", flat=True))
    assert {"opened", "listed", "counted", "changed"} <= kinds
    told: list[tuple[str, ...]] = list(rows)
    assert [cell for row in told for cell in row if _LONG.search(cell)] == []
    names = [cell for row in told for cell in row if HEAD in cell]
    assert names == []


@pytest.mark.parametrize("write", [str.encode, lambda text: text.encode().hex().encode()])
def test_the_sweep_knows_its_spellings(write: Callable[[str], bytes]) -> None:
    assert list(found_in("x", b"..." + write(IDS[0][3:15]) + b"...", SECRETS))
    assert not list(found_in("x", b"..." + write(IDS[0][3:12]) + b"...", SECRETS))
