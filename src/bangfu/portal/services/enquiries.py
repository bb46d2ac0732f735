"""What the register says of a household, told to whoever proves to be of it.

A neighbour knows the name, the village, the birthday and even the first fifteen digits of the
document number, so a number alone proves nothing: the last digits of the household's account are
asked for as well. Tries are counted by whom they are about, not by where they come from, so that
a thousand telephones are no better than one. Nobody, a wrong proof and too many tries look alike.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from bangfu.foundation.access.api import system_actor
from bangfu.foundation.audit.api import record_opened
from bangfu.foundation.clock.api import today
from bangfu.kernel.identity import identity_fault
from bangfu.kernel.problems import Problem, Refused
from bangfu.policy.api import active_pack
from bangfu.portal.services.counting import count_back, count_up
from bangfu.registry.api import ACCOUNT_END, READ, find_own_household

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bangfu.registry.api import Household

TARGET: Final = "enquiry.target"
ADDRESS: Final = "enquiry.address"
MOST_FROM_ADDRESS: Final = 60
"""Enquiries from one connection a day: it keeps the server free, not the household safe."""
_KNOWN_DIGITS: Final = 14
"""Area and birthday: what a neighbour knows, and what names the person asked about."""
_NO_TRIES: Final = 0


@dataclass(frozen=True, slots=True)
class Enquiry:
    """Who asks about their own household.

    Attributes:
        name: of the head or a member. identity: that person's document number, 18 characters.
        account_end: the last digits of the account that subsidies are paid into.
    """

    name: str
    identity: str
    account_end: str


def read_enquiry(name: str, identity: str, account_end: str) -> Enquiry:
    """What was typed, made plain.

    Raises:
        Refused: what cannot be right whoever asks; it costs no try, and tells nothing.
    """
    typed = [unicodedata.normalize("NFKC", each) for each in (name, identity, account_end)]
    plain_name, number, end = ("".join(each.split()) for each in typed)
    found = list(_faults(plain_name, number.upper(), end))
    if found:
        raise Refused(*found)
    return Enquiry(plain_name, number.upper(), end)


def _faults(name: str, number: str, end: str) -> Iterator[Problem]:
    if not name:
        yield Problem("portal.name_missing")
    if identity_fault(number) is not None:
        yield Problem("portal.identity_wrong")
    if len(end) != ACCOUNT_END or not (end.isascii() and end.isdigit()):
        yield Problem("portal.account_wrong", values={"digits": str(ACCOUNT_END)})


def enquire(*, enquiry: Enquiry, address: str) -> Household | None:
    """The household on the rolls that the enquirer proved to be of, or None.

    Raises:
        Refused: `portal.too_many` when this connection has asked too often today, whatever for.
    """
    if count_up(ADDRESS, address, days=1) > MOST_FROM_ADDRESS:
        raise Refused(Problem("portal.too_many"))
    parameters = active_pack(today()).parameters_on(today(), "")
    days = parameters.get("enquiry_window_days", 1)
    target = f"{enquiry.name}|{enquiry.identity[:_KNOWN_DIGITS]}"
    tries = count_up(TARGET, target, days=days)
    actor = system_actor("portal")
    household = find_own_household(
        actor,
        READ,
        name=enquiry.name,
        identity=enquiry.identity,
        account_end=enquiry.account_end,
    )
    if tries > parameters.get("enquiry_tries", _NO_TRIES) or household is None:
        return None
    with transaction.atomic():
        count_back(TARGET, target)
        record_opened(actor, "household", household.pk, household.village_code)
    return household
