"""Every named route: what it needs, what it can be asked for, and where each of those things lies.

A new page adds its line here; a test compares this table with the resolver's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from access_matrix.asked import Case, Route
from access_matrix.asked import inside as _inside
from access_matrix.asked import meeting as _meeting
from access_matrix.case_routes import CASE_ROUTES
from access_matrix.duty_routes import DUTY_ROUTES
from access_matrix.evaluator import OPEN, SIGNED_IN
from access_matrix.own_side_routes import APPEAL_ROUTES, PORTAL_ROUTES
from access_matrix.paper_routes import PAPER_ROUTES
from access_matrix.plan_routes import PLAN_ROUTES
from access_matrix.team_routes import TEAM_ROUTES
from access_matrix.world import DAY, FAMILY_NAMES, PASSWORD, VILLAGES, A, B

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from access_matrix.evaluator import Rights
    from access_matrix.world import Home, Who, World

REASON: Final = {"reason": "入户核查"}
READING: Final = "registry.read"


def _of_household(world: World, who: Who) -> Iterator[Case]:
    for home in world.homes[::2]:
        yield Case(home.number, _inside(READING, home.village), (home.id,))


def _reveal(home: Home, arguments: tuple[object, ...]) -> Case:
    found = _inside(READING, home.village)
    return Case(f"{home.number} {arguments[-1]}", found, arguments, posts=REASON)


def _reveal_item(world: World, who: Who) -> Iterator[Case]:
    for home in world.homes[::2]:
        yield _reveal(home, (home.id, "phone"))


def _reveal_member(world: World, who: Who) -> Iterator[Case]:
    for home in world.homes[::2]:
        yield _reveal(home, (home.id, home.member, "id_number"))
    mixed = (world.homes[0].id, world.homes[-1].member, "id_number")
    yield Case("a member of another household", lambda rights: False, mixed)


def _number_of_homes(world: World, place: str = "") -> Callable[[Rights], int]:
    def count(rights: Rights) -> int:
        homes = (each for each in world.homes if each.village.startswith(place))
        return sum(rights.covers(READING, each.village) for each in homes)

    return count


def _totals(world: World, place: str = "") -> tuple[tuple[str, Callable[[Rights], int]], ...]:
    homes = _number_of_homes(world, place)
    return (
        (r"<h1>[^<]*?(\d+) 户、", homes),
        (r"<h1>[^<]*?、(\d+) 人", lambda rights: 2 * homes(rights)),
    )


def _households(world: World, who: Who) -> Iterator[Case]:
    yield Case("", says=_totals(world))
    for place in ("511921103", B, VILLAGES[0]):
        yield Case(place, query=f"division={place}", says=_totals(world, place))


def _tree(world: World, who: Who) -> Iterator[Case]:
    yield Case("", says=_totals(world))


def _branch(world: World, who: Who) -> Iterator[Case]:
    for place in ("51", "5119", A, B, "511921103", *VILLAGES[::2], VILLAGES[-1], "5101"):
        yield Case(place, _meeting("places.read", place), (place,), says=_totals(world, place))
    yield Case("nonsense", lambda rights: False, ("nonsense",))


def _village(world: World, who: Who) -> Iterator[Case]:
    for place in VILLAGES:
        yield Case(place, _inside("places.read", place), (place,))
    yield Case("a township", lambda rights: False, ("511921103",))


def _village_item(world: World, who: Who) -> Iterator[Case]:
    for place in world.recorded:
        yield Case(place, _inside("places.manage", place), (place, 2025, "clinic"))
    yield Case("no item", lambda rights: False, (world.recorded[0], 2025, "village_code"))


def _sheet_template(world: World, who: Who) -> Iterator[Case]:
    yield Case("tags", arguments=("area_tag",))
    yield Case("nonsense", lambda rights: False, ("nonsense",))


def _sheets(world: World, who: Who) -> Iterator[Case]:
    for sheet, place in world.sheets.items():
        yield Case(place, _inside("places.manage", place), (sheet,))


def _sheet_new(world: World, who: Who) -> Iterator[Case]:
    yield Case("")
    yield Case("elsewhere", posts={"division": B, "kind": "area_tag"})


def _search(world: World, who: Who) -> Iterator[Case]:
    yield Case("")
    for village, family in zip(VILLAGES, FAMILY_NAMES, strict=True):
        found = _number_of_homes(world, village)
        yield Case(family, query=f"q={family}", says=((rf"<h1>“{family}”找到 (\d+) 个", found),))
    for home in world.homes[::2]:
        yield Case(home.number, query=f"q={home.number}")


def _clues(world: World, who: Who) -> Iterator[Case]:
    def count(rights: Rights) -> int:
        return sum(rights.covers("cases.read", place) for place in world.clues.values())

    yield Case("", says=((r"<h1>在办线索 (\d+) 条", count),))
    yield Case("B", query="place=511922100")


def _one_a_place(things: dict[UUID, str]) -> dict[UUID, str]:
    return {thing: place for place, thing in {v: k for k, v in things.items()}.items()}


def _of_clue(world: World, who: Who) -> Iterator[Case]:
    for clue, place in _one_a_place(world.clues).items():
        yield Case(place, _inside("cases.read", place), (clue,))


def _move_clue(world: World, who: Who) -> Iterator[Case]:
    for clue, place in _one_a_place(world.clues).items():
        yield Case(
            f"assign {place}",
            _inside("cases.read", place),
            (clue,),
            acts=_inside("cases.assign", place),
            posts={"move": "assign"},
        )


def _assign_clues(world: World, who: Who) -> Iterator[Case]:
    yield Case("nothing")
    for clue, place in _one_a_place(world.clues).items():
        yield Case(place, _inside("cases.read", place), posts={"pick": [str(clue)]})


def _runs(world: World, who: Who) -> Iterator[Case]:
    for run, place in world.runs.items():
        yield Case(place, _inside("screening.read", place), (run,))


def _start(world: World, who: Who) -> Iterator[Case]:
    yield Case("")
    for place in (*who.rights.places, A, B):
        yield Case(place, posts={"division": place, "as_of": DAY.isoformat()})


def _only_if(so: bool) -> Callable[[Rights], bool]:
    return lambda rights: so


def _jobs(world: World, who: Who) -> Iterator[Case]:
    for other in ("county_officer", "county_officer_next_door", "province_supervisor"):
        job = world.people[other].job
        assert job is not None
        yield Case(other, _only_if(who.name == other), (job.pk,))


def _import_jobs(world: World, who: Who) -> Iterator[Case]:
    """The matrix's jobs are screenings: the page of imports knows none of them."""
    job = world.people["county_officer"].job
    assert job is not None
    yield Case("a screening", lambda rights: False, (job.pk,))


def _ask_register(world: World, who: Who) -> Iterator[Case]:
    """The page with its form; what it starts is a job with the asker's own rights."""
    yield Case("")


def _record_clue(world: World, who: Who) -> Iterator[Case]:
    """The form alone: without words nothing is written."""
    for home in world.homes[::2]:
        seen, able = _inside(READING, home.village), _inside("cases.record", home.village)
        yield Case(home.number, seen, (home.id,), acts=able)


ASKING: Final = "changes.request"


def _of_change(world: World, who: Who) -> Iterator[Case]:
    for change, place in world.changes.items():
        yield Case(place, _inside("changes.read", place), (change,))


def _move_change(world: World, who: Who) -> Iterator[Case]:
    for change, place in world.changes.items():
        yield Case(
            f"withdraw {place}",
            _inside("changes.read", place),
            (change,),
            acts=_inside(ASKING, place),
            posts={"move": "withdraw"},
        )


def _evidence(world: World, who: Who) -> Iterator[Case]:
    """A paper that is not the request's."""
    for change in world.changes:
        yield Case("no such paper", lambda rights: False, (change, world.homes[0].id))


def _choose_change(world: World, who: Who) -> Iterator[Case]:
    for home in world.homes[::2]:
        yield Case(home.number, _inside(ASKING, home.village), (home.id,))


def _ask_change(world: World, who: Who) -> Iterator[Case]:
    """The forms alone: without words nothing is written."""
    home = world.homes[0]
    for kind in ("join", "leave", "change_head", "split", "merge", "move", "correct"):
        yield Case(kind, _inside(ASKING, home.village), (home.id, kind))
    yield Case("nonsense", lambda rights: False, (home.id, "nonsense"))


def _batches(things: str, acts: str = "") -> Callable[[World, Who], Iterator[Case]]:
    def cases(world: World, who: Who) -> Iterator[Case]:
        for batch, place in getattr(world, things).items():
            able = _inside(acts, place) if acts else lambda rights: True
            yield Case(place, _inside(READING, place), (batch,), acts=able, posts=REASON)

    return cases


def _import_new(world: World, who: Who) -> Iterator[Case]:
    yield Case("")
    yield Case("elsewhere", posts={"division": B, "data_date": DAY.isoformat()})


def _sign_in(world: World, who: Who) -> Iterator[Case]:
    yield Case("", posts={"username": who.name, "password": PASSWORD})


def _language(world: World, who: Who) -> Iterator[Case]:
    yield Case("", posts={"language": "zh-hans", "next": "/"})


def _of_code(world: World, who: Who) -> Iterator[Case]:
    yield Case("nobody's", lambda rights: False, ("2222-2222-2223",))


def _of_version(world: World, who: Who) -> Iterator[Case]:
    yield Case("in force", arguments=(world.version,))
    yield Case("nothing", lambda rights: False, (world.homes[0].id,))


def _of_procedure(world: World, who: Who) -> Iterator[Case]:
    yield Case("a procedure", arguments=("clue",))
    yield Case("no procedure", lambda rights: False, ("no-procedure",))


def _of_rule(world: World, who: Who) -> Iterator[Case]:
    yield Case("a rule", arguments=(world.version, "unsafe_housing"))
    yield Case("no rule", lambda rights: False, (world.version, "no_rule"))


def _of_parameter(world: World, who: Who) -> Iterator[Case]:
    yield Case("a parameter", arguments=(world.version, "monitoring_line"))
    yield Case("no parameter", lambda rights: False, (world.version, "no_line"))


def _of_proposal(world: World, who: Who) -> Iterator[Case]:
    """Made for the province: who may publish below it sees nothing of it."""
    yield Case("51", _inside("policy.publish", "51"), (world.proposal,))


def _sees_lists(place: str) -> Callable[[Rights], bool]:
    """Nobody of the matrix handed the lists in, so it takes the register to see them."""
    return lambda rights: rights.covers("exchange.read", place) and rights.covers(READING, place)


def _lists(things: str) -> Callable[[World, Who], Iterator[Case]]:
    def cases(world: World, who: Who) -> Iterator[Case]:
        for each, place in getattr(world, things).items():
            yield Case(place, _sees_lists(place), (each,), posts=REASON)

    return cases


def _waiting(world: World, who: Who) -> Iterator[Case]:
    for each, place in list(world.waiting.items())[::2]:
        there = next(home.id for home in world.homes if home.village.startswith(place))
        posts = {"household": there, "decision": "not_here"}
        yield Case(place, _inside("exchange.match", place), (each,), posts=posts)


def _new_list(world: World, who: Who) -> Iterator[Case]:
    yield Case("")
    yield Case("elsewhere", posts={"division": B, "data_date": DAY.isoformat()})


def _feed_template(world: World, who: Who) -> Iterator[Case]:
    yield Case("medical_costs", arguments=("medical_costs",))
    yield Case("no such list", lambda rights: False, ("nothing",))


BOTH: Final = "GET HEAD POST"
ROUTES: Final[dict[str, Route]] = {
    "shell:home": Route(SIGNED_IN),
    "shell:login": Route(OPEN, BOTH, _sign_in),
    "shell:sign_out": Route(OPEN, "POST"),
    "shell:posting": Route(SIGNED_IN, "POST"),
    "shell:language": Route(OPEN, "POST", _language),
    "shell:search": Route(SIGNED_IN, cases=_search),
    "shell:health": Route(OPEN),
    "shell:gallery": Route(OPEN),
    "shell:gallery_progress": Route(OPEN),
    "shell:audit": Route("audit.read"),
    "documents:ask": Route(OPEN),
    "documents:check": Route(OPEN, BOTH, _of_code),
    "registry:households": Route(READING, cases=_households, shows_all=("homes",)),
    "registry:household": Route(READING, cases=_of_household),
    "registry:history": Route(READING, cases=_of_household),
    "registry:compare": Route(READING, cases=_of_household),
    "registry:reveal": Route("registry.read_secret", BOTH, _reveal_item),
    "registry:reveal_member": Route("registry.read_secret", BOTH, _reveal_member),
    "registry:register_ask": Route("registry.export", BOTH, _ask_register),
    "registry:register_job": Route("registry.export", cases=_import_jobs),
    "registry:register_done": Route("registry.export", cases=_import_jobs),
    "registry:register_fetch": Route("registry.export", cases=_import_jobs),
    "registry:imports": Route("registry.import", shows_all=("batches", "checked")),
    "registry:import_new": Route("registry.import", BOTH, _import_new),
    "registry:import_template": Route("registry.import"),
    "registry:import_job": Route("registry.import", cases=_import_jobs),
    "registry:import": Route("registry.import", cases=_batches("batches")),
    "registry:import_errors": Route("registry.import", cases=_batches("checked")),
    "registry:import_commit": Route("registry.import", "POST", _batches("checked")),
    "registry:import_discard": Route("registry.import", "POST", _batches("checked")),
    "registry:import_reverse": Route("registry.reverse", BOTH, _batches("batches")),
    "screening:runs": Route("screening.read", shows_all=("runs",)),
    "screening:start": Route("screening.run", BOTH, _start),
    "screening:job": Route("screening.run", cases=_jobs),
    "screening:run": Route("screening.read", cases=_runs),
    "cases:clues": Route("cases.read", cases=_clues, shows_all=("clues",)),
    "cases:assign": Route("cases.assign", "POST", _assign_clues),
    "cases:clue": Route("cases.read", cases=_of_clue),
    "cases:move": Route("cases.read", "POST", _move_clue),
    "cases:record": Route("cases.record", BOTH, _record_clue),
    "policy:versions": Route("policy.read"),
    "policy:codes": Route("policy.read"),
    "policy:phases": Route("policy.read"),
    "policy:version": Route("policy.read", cases=_of_version),
    "policy:compare": Route("policy.read", cases=_of_version),
    "policy:rules": Route("policy.read", cases=_of_version),
    "policy:rule": Route("policy.read", cases=_of_rule),
    "policy:parameters": Route("policy.read", cases=_of_version),
    "policy:parameter": Route("policy.read", cases=_of_parameter),
    "policy:facts": Route("policy.read", cases=_of_version),
    "policy:propose": Route("policy.publish", BOTH),
    "policy:job": Route("policy.publish", cases=_import_jobs),
    "policy:proposal": Route("policy.publish", cases=_of_proposal),
    "policy:confirm": Route("policy.publish", "POST", _of_proposal),
    "policy:withdraw": Route("policy.publish", "POST", _of_proposal),
    "procedures:list": Route("policy.read"),
    "procedures:procedure": Route("policy.read", cases=_of_procedure),
    "places:tree": Route("places.read", cases=_tree),
    "places:branch": Route("places.read", cases=_branch),
    "places:tags": Route("places.read"),
    "places:compare": Route("places.read"),
    "places:villages": Route("places.read"),
    "places:village": Route("places.read", cases=_village),
    "places:item": Route("places.manage", BOTH, _village_item),
    "places:sheet_new": Route("places.manage", BOTH, _sheet_new),
    "places:sheet_template": Route("places.manage", cases=_sheet_template),
    "places:sheet": Route("places.manage", cases=_sheets),
    "places:sheet_errors": Route("places.manage", cases=_sheets),
    "places:sheet_commit": Route("places.manage", "POST", _sheets),
    "places:sheet_discard": Route("places.manage", "POST", _sheets),
    "exchange:desk": Route("exchange.read"),
    "exchange:lists": Route("exchange.read", shows_all=("lists", "checked_lists")),
    "exchange:new": Route("exchange.submit", BOTH, _new_list),
    "exchange:template": Route("exchange.submit", cases=_feed_template),
    "exchange:job": Route("exchange.submit", cases=_import_jobs),
    "exchange:list": Route("exchange.read", cases=_lists("lists")),
    "exchange:errors": Route("exchange.submit", cases=_lists("checked_lists")),
    "exchange:commit": Route("exchange.submit", "POST", _lists("checked_lists")),
    "exchange:discard": Route("exchange.submit", "POST", _lists("checked_lists")),
    "exchange:withdraw": Route("exchange.withdraw", BOTH, _lists("lists")),
    "exchange:unmatched": Route("exchange.match", shows_all=("waiting",)),
    "exchange:row": Route("exchange.match", cases=_waiting),
    "exchange:match": Route("exchange.match", "POST", _waiting),
    "exchange:settle": Route("exchange.match", "POST", _waiting),
    "exchange:undo": Route("exchange.match", "POST", _waiting),
    "changes:desk": Route("changes.read", shows_all=("changes",)),
    "changes:request": Route("changes.read", cases=_of_change),
    "changes:move": Route("changes.read", "POST", _move_change),
    "changes:evidence": Route("changes.read", cases=_evidence),
    "changes:choose": Route(ASKING, cases=_choose_change),
    "changes:ask": Route(ASKING, BOTH, _ask_change),
    **APPEAL_ROUTES,
    **CASE_ROUTES,
    **DUTY_ROUTES,
    **PLAN_ROUTES,
    **PORTAL_ROUTES,
    **PAPER_ROUTES,
    **TEAM_ROUTES,
}
