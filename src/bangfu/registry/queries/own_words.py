"""Finding a household by what people say of themselves: by name in a village, or by their proofs.

Who asks with proofs sees nothing of the register but whether all of them fit; the work done is the
same whether nobody, somebody else or the right household is found.
"""

from __future__ import annotations

import hmac
from functools import cache
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db.models import Q

from bangfu.foundation.audit.api import hidden_text, record_listed
from bangfu.foundation.secrets.api import seal
from bangfu.registry.models import Household, Member
from bangfu.registry.queries.households import SUBJECT, scoped_households
from bangfu.registry.queries.leaves import fingerprint_of, open_secret, sealed_column

if TYPE_CHECKING:
    from collections.abc import Collection

    from bangfu.foundation.access.api import Actor

ACCOUNT_END: Final = 6
"""How many last digits of the account people are asked for: more than any mask shows."""
_MOST: Final = 8
_NOBODY: Final = UUID(int=0)
_ACCOUNT: Final = "bank_account"


def list_households_named(
    actor: Actor, division: str, name: str, *, also: Collection[UUID] = ()
) -> list[Household]:
    """The households of a village on the rolls with a head or member of exactly this name.

    Args:
        actor: sees only what lies in their scope; the list is audited with every household.
        also: further households to show, found by other means.
    """
    members = Member.objects.filter(
        active=True, name=name, household__village_code=division, household__active=True
    )
    wanted = Q(pk__in=list(members.values_list("household_id", flat=True)[:_MOST]))
    here = scoped_households(actor).filter(active=True)
    rows = list(here.filter(wanted | Q(pk__in=list(also))).order_by("household_number")[:_MOST])
    filters = {"division": division, "search": hidden_text(name)}
    record_listed(actor, SUBJECT, filters, [row.pk for row in rows], division)
    return rows


def find_own_household(
    actor: Actor, capability: str, *, name: str, identity: str, account_end: str
) -> Household | None:
    """The household on the rolls of which all three proofs are, or None; not audited.

    Args:
        actor: needs `capability` in the household's village.
        name: of the head or a member, whole.
        identity: that person's document number.
        account_end: the last `ACCOUNT_END` digits of the household's account.
    """
    wanted = fingerprint_of("id_number", identity)
    rows = Member.objects.filter(id_number_fingerprint=wanted, active=True, household__active=True)
    member = rows.select_related("household").first()
    household = member.household if member else None
    sealed = household.bank_account_sealed if household else None
    row = household.pk if household and sealed else _NOBODY
    account = open_secret("household", _ACCOUNT, row, bytes(sealed or _decoy()))
    ends = hmac.compare_digest(account[-ACCOUNT_END:].encode(), account_end.encode())
    named = hmac.compare_digest((member.name if member else "").encode(), name.encode())
    proved = ends & named & (row != _NOBODY)
    if household is None or not proved or not actor.may(capability, household.village_code):
        return None
    return household


@cache
def _decoy() -> bytes:
    """An account that is nobody's, opened where there is none to open."""
    return seal(Household._meta.db_table, sealed_column(_ACCOUNT), _NOBODY, "-" * ACCOUNT_END)
