"""The risks of a household as far as anything below this room knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.foundation.access.api import system_actor
from bangfu.plans.queries.catalogue import catalogue_on
from bangfu.screening.api import findings_of

if TYPE_CHECKING:
    from bangfu.registry.api import Household

_PLACES = range(1, 6)


def risks_known(household: Household) -> list[str]:
    """What the register names, in its order, and then what rules have found and still stands.

    Risks the catalogue does not know are left out: nothing could answer them.
    """
    named = [getattr(household, f"risk_{place}") for place in _PLACES]
    found = findings_of(system_actor("plans", household.village_code), household.pk, standing=True)
    known = catalogue_on().risks
    every = dict.fromkeys([*named, *(each.risk for each in found)])
    return [each for each in every if each and each in known]
