"""Two counties with eight households, brought in, screened and made into clues by the services."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from access_matrix.duty_world import Duties, make_duties
from access_matrix.evaluator import ROLES, Rights
from access_matrix.team_world import Team, make_team
from bangfu.cases.api import Clue, Declared, NewAppeal, declare, file_appeal, open_clues
from bangfu.cases.models import Appeal, Declaration
from bangfu.cases.services.case_papers import PAPERS
from bangfu.cases.services.recognition_consents import Signed, record_consent
from bangfu.cases.services.recognition_opening import open_recognition
from bangfu.changes.api import EVIDENCE, propose_change
from bangfu.exchange.api import ListRow, check_list, commit_list, write_feed_list
from bangfu.foundation.access.api import actor_of, grant_posting, system_actor
from bangfu.foundation.accounts.api import create_person
from bangfu.foundation.files.api import store
from bangfu.foundation.jobs.api import enqueue
from bangfu.places.api import check_sheet, load_village_records
from bangfu.plans.api import draft_plan
from bangfu.policy.api import propose_pack, publish_pack
from bangfu.registry.api import (
    Correct,
    Correction,
    Household,
    ImportBatch,
    check_upload,
    commit_batch,
    load_divisions,
)
from bangfu.registry.models import Division
from bangfu.registry.queries.divisions import forget_divisions
from bangfu.screening.api import Finding, Run, run_screening
from places.making import record, tag_sheet
from registry.making import household, member
from trust.registration import workbook_of

if TYPE_CHECKING:
    from uuid import UUID

    from bangfu.foundation.accounts.api import Person
    from bangfu.foundation.jobs.api import Job
    from registry.making import Pair

MOMENT: Final = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
DAY: Final = date(2026, 11, 20)
A, B = "511921", "511922"
VILLAGES: Final = ("511921103201", "511921103202", "511921104201", "511922100201")
OWN, NEXT, ACROSS, FAR = VILLAGES
PLACES: Final = (
    ("51", "四川省"),
    ("5119", "巴中市"),
    (A, "通江县"),
    (B, "南江县"),
    ("511921103", "铁溪镇"),
    ("511921104", "涪阳镇"),
    ("511922100", "南江镇"),
    (OWN, "朱元村"),
    (NEXT, "红云村"),
    (ACROSS, "白石村"),
    (FAR, "东榆村"),
)
FAMILY_NAMES: Final = ("甲", "乙", "丙", "丁")
"""The first character of everybody's name tells the village."""
PASSWORD: Final = "niulan-shan-9"


@dataclass(frozen=True, slots=True)
class Home:
    """A household as the tests know it: what on a page gives it away."""

    id: UUID
    village: str
    number: str
    member: UUID
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """A person of the matrix, with what the evaluator knows of them."""

    name: str
    rights: Rights
    person: Person | None
    job: Job | None = None


@dataclass
class World:
    """Everything that requests may ask for, with its place."""

    homes: list[Home] = field(default_factory=list)
    clues: dict[UUID, str] = field(default_factory=dict)
    runs: dict[UUID, str] = field(default_factory=dict)
    batches: dict[UUID, str] = field(default_factory=dict)
    checked: dict[UUID, str] = field(default_factory=dict)
    lists: dict[UUID, str] = field(default_factory=dict)
    checked_lists: dict[UUID, str] = field(default_factory=dict)
    waiting: dict[UUID, str] = field(default_factory=dict)
    changes: dict[UUID, str] = field(default_factory=dict)
    appeals: dict[UUID, str] = field(default_factory=dict)
    declarations: dict[UUID, str] = field(default_factory=dict)
    plans: dict[UUID, str] = field(default_factory=dict)
    cases: dict[UUID, str] = field(default_factory=dict)
    consents: dict[UUID, tuple[UUID, UUID, str]] = field(default_factory=dict)
    measures: dict[UUID, str] = field(default_factory=dict)
    people: dict[str, Who] = field(default_factory=dict)
    sheets: dict[UUID, str] = field(default_factory=dict)
    team: Team = field(default_factory=Team)
    duties: Duties = field(default_factory=Duties)
    recorded: tuple[str, ...] = ()
    version: UUID | None = None
    proposal: UUID | None = None

    def homes_for(self, rights: Rights, capability: str = "registry.read") -> set[UUID]:
        """The households that somebody may see."""
        return {each.id for each in self.homes if rights.covers(capability, each.village)}


def _pair(village: str, number: int) -> Pair:
    """The first household of a village lives in an unsafe house, the second is well off."""
    family = FAMILY_NAMES[VILLAGES.index(village)]
    name = f"{family}{'春夏'[number]}兰"
    code = f"H{village}{number}"
    return household(
        code,
        member(code, "1", name=name),
        member(code, "2", name=f"{family}{'秋冬'[number]}生", relation="son",
               birth_date=date(2010, 4, 5)),
        village_code=village,
        head_name=name,
        housing_grade="D" if number == 0 else "A",
        wage_income=200_000_00,
    )  # fmt: skip


def _spoilt(village: str) -> Pair:
    """A household that no register takes: its size is wrong."""
    row, people = household(f"H{village}9", village_code=village, size=7)
    return row, people


def _bring(world: World, county: str, pairs: list[Pair], *, commit: bool = True) -> None:
    actor = system_actor("tests", county)
    sources = [("登记.xlsx", workbook_of(pairs))]
    batch = check_upload(actor=actor, sources=sources, division=county, data_date=DAY)
    if commit:
        assert (batch.new, batch.refused) == (len(pairs), 0)
        commit_batch(actor=actor, batch_id=batch.id)
    (world.batches if commit else world.checked)[batch.id] = county


def _remember_homes(world: World) -> None:
    for row in Household.objects.order_by("household_number"):
        members = list(row.members.order_by("person_number"))
        marks = {row.household_number, str(row.id), row.head_name}
        marks |= {each.name for each in members} | {str(each.id) for each in members}
        world.homes.append(
            Home(row.id, row.village_code, row.household_number, members[0].id, tuple(marks))
        )


def _screen(world: World) -> None:
    actor = system_actor("tests")
    for county in (A, B):
        world.runs[run_screening(actor=actor, division=county).pk] = county
    trial = run_screening(actor=actor, division="5119", overrides={"monitoring_line": 9000})
    world.runs[trial.pk] = "5119"
    assert Run.objects.count() == len(world.runs)
    found = list(Finding.objects.values_list("pk", flat=True))
    open_clues(actor=system_actor("screening"), finding_ids=found)
    world.clues = dict(Clue.objects.values_list("pk", "division"))


def _places(world: World) -> None:
    """A sheet of tags of each county that waits, and the records of a village of each."""
    actor = system_actor("tests")
    for county in (A, B):
        data = tag_sheet({"division": county, "name": dict(PLACES)[county]})
        sheet = check_sheet(
            actor=actor, kind="area_tag", division=county, name="名单.xlsx", data=data
        )
        world.sheets[sheet.pk] = county
    world.recorded = (OWN, FAR)
    load_village_records(actor=actor, rows=[record(each, clinic=True) for each in world.recorded])


_YEAR: Final = timedelta(days=365)
FIRST: Final = DAY - _YEAR
POSTS: Final[dict[str, tuple[str, tuple[str, ...], date, date | None]]] = {
    **{
        role: (role, (OWN[: {"village": 12, "township": 9, "county": 6, "prefecture": 4,
                             "province": 2}.get(row.get("tier", "county"), 6)],), FIRST, None)
        for role, row in ROLES.items()
    },
    "county_officer_in_a_township": ("county_officer", (OWN[:9],), FIRST, None),
    "county_officer_next_door": ("county_officer", (B,), FIRST, None),
    "county_officer_of_two_places": ("county_officer", (OWN[:9], B), FIRST, None),
    "village_official_of_two_villages": ("village_official", (OWN, FAR), FIRST, None),
    "evaluator_in_a_village": ("evaluator", (NEXT,), FIRST, None),
    "evaluator_far_away": ("evaluator", ("5101",), FIRST, None),
    "ended": ("county_officer", (A,), FIRST, DAY),
    "not_begun": ("county_officer", (A,), DAY + timedelta(days=1), None),
}  # fmt: skip
"""name -> role, places, first day, first day on which it no longer holds."""
NOBODY: Final = "nobody"


def _lists(world: World) -> None:
    """Each county's office reported somebody of every household, and a name that is not theirs."""
    for county in (A, B):
        actor = system_actor("tests", county)
        homes = [each for each in world.homes if each.village.startswith(county)]
        for commit in (True, False):
            rows = [_row_about(home, name, commit) for home in homes for name in ("", "不是")]
            source = ("名单.xlsx", write_feed_list("medical_costs", rows))
            made = check_list(
                actor=actor, feed="medical_costs", source=source, division=county, data_date=DAY
            )
            assert (made.matched, made.unmatched) == (len(homes), len(homes))
            if commit:
                commit_list(actor=actor, list_id=made.id)
            (world.lists if commit else world.checked_lists)[made.id] = county
    for row in ListRow.objects.filter(live=True, outcome="unmatched").select_related("list"):
        world.waiting[row.id] = row.list.division


def _changes(world: World) -> None:
    """Somebody asks, with a paper, for the first household of each village to be put right."""
    actor = system_actor("tests")
    for home in world.homes[::2]:
        paper = store(
            actor=actor, name="证明.txt", stream=io.BytesIO(b"x"), purpose=EVIDENCE.name,
            division=home.village,
        )  # fmt: skip
        grade = Correction("household", "", "housing_grade", "D", "C")
        request = propose_change(
            actor=actor, change=Correct(home.number, (grade,)), day=DAY, note="入户核查",
            evidence=[paper.pk],
        )  # fmt: skip
        world.changes[request.pk] = home.village


def _own_side(world: World) -> None:
    """From each village somebody complains, and somebody says that they are in difficulty."""
    for village in VILLAGES:
        actor = system_actor("portal", village)
        appeal = NewAppeal(kind="complaint", division=village, words="办事拖拉")
        file_appeal(actor=actor, appeal=appeal, token=f"appeal {village}")
        said = Declared(village=village, name="没有登记的人", troubles=["illness"])
        declare(actor=actor, declared=said, token=f"declaration {village}", held=True)
    world.appeals = dict(Appeal.objects.values_list("pk", "division"))
    world.declarations = dict(Declaration.objects.values_list("pk", "division"))


def _plans(world: World) -> None:
    """A plan for the first household of each village, with one measure proposed."""
    actor = system_actor("tests")
    for home in world.homes[::2]:
        plan = draft_plan(actor=actor, household_id=home.id, risks=["housing"])
        world.plans[plan.pk] = home.village
        for measure in plan.measures.all():
            world.measures[measure.pk] = home.village


def _cases(world: World) -> None:
    """A recognition of the first household of each village, with its signed authorisation."""
    actor = system_actor("tests")
    for home in world.homes[::2]:
        case = open_recognition(actor=actor, household_id=home.id, risks=["housing"])
        world.cases[case.pk] = home.village
        paper = store(
            actor=actor, name="授权书.txt", stream=io.BytesIO(b"x"), purpose=PAPERS.name,
            division=home.village,
        )  # fmt: skip
        signed = Signed(("banks",), case.household.head_name, DAY, paper.pk)
        consent = record_consent(actor=actor, case_id=case.pk, signed=signed)
        world.consents[consent.pk] = (case.pk, paper.pk, home.village)


def _row_about(home: Home, wrong: str, first: bool) -> dict[str, Any]:
    """A row about a household's head; with `wrong` before the name, and each time another sum."""
    member_of = member(home.number, "1")
    name = next(each for each in home.marks if each.endswith("兰"))
    amount = 100_00 + 10_00 * bool(wrong) + 1_00 * first
    return {"id_number": member_of["id_number"], "name": wrong or name, "date": DAY,
            "amount": amount}  # fmt: skip


def _people(world: World) -> None:
    actor = system_actor("tests")
    for name, (role, places, first, end) in POSTS.items():
        person = create_person(actor=actor, username=name, name="蒲艳", password=PASSWORD)
        grant_posting(actor=actor, person=person, organisation="通江县", title="干部", role=role,
                      divisions=places, valid_from=first, valid_to=end)  # fmt: skip
        holds = first <= DAY and (end is None or end > DAY)
        rights = Rights(role, places) if holds else Rights()
        job = enqueue(
            actor=actor_of(person),
            kind="screening.run",
            payload={"division": places[0], "as_of": None, "overrides": {}},
            idempotency_key=f"matrix:{name}",
        )
        world.people[name] = Who(name, rights, person, job)
    world.people[NOBODY] = Who(NOBODY, Rights(signed_in=False), None)


def make_world() -> World:
    """Make it, in the open transaction. It is 2026-11-20."""
    world = World()
    if not Division.objects.exists():
        load_divisions(rows=PLACES)
    forget_divisions()
    actor = system_actor("tests")
    world.version = publish_pack(actor=actor, path="demo", valid_from=date(2021, 1, 1)).pk
    world.proposal = propose_pack(actor=actor, name="sichuan", valid_from=DAY).pk
    _bring(world, A, [_pair(village, n) for village in (OWN, NEXT, ACROSS) for n in (0, 1)])
    _bring(world, B, [_pair(FAR, n) for n in (0, 1)])
    _remember_homes(world)
    _bring(world, A, [_pair(OWN, 0), _spoilt(OWN)], commit=False)
    _bring(world, B, [_pair(FAR, 0), _spoilt(FAR)], commit=False)
    _screen(world)
    _places(world)
    _lists(world)
    _changes(world)
    world.team = make_team((A, B), VILLAGES, FAMILY_NAMES)
    world.duties = make_duties(DAY)
    _own_side(world)
    _plans(world)
    _cases(world)
    _people(world)
    assert len(world.homes) == 8
    assert set(world.clues.values()) == set(VILLAGES)
    assert {ImportBatch.objects.count()} == {len(world.batches) + len(world.checked)}
    return world
