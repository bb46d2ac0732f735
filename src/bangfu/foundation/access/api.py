"""The door to access: others import only this."""

from bangfu.foundation.access.actors import VISITOR, AccessRefused, Actor, Scope, system_actor
from bangfu.foundation.access.domain.capabilities import (
    Capability,
    capability,
    declared_capabilities,
)
from bangfu.foundation.access.domain.grants import Grant
from bangfu.foundation.access.domain.roles import Role
from bangfu.foundation.access.doors import (
    ANYONE,
    SIGNED_IN,
    open_to_all,
    open_to_signed_in,
    requires,
)
from bangfu.foundation.access.listing import record_households
from bangfu.foundation.access.models import Posting
from bangfu.foundation.access.queries import (
    Onlooker,
    actor_of,
    get_posting,
    list_onlookers,
    list_own_postings,
    list_postings,
    organisation_of,
)
from bangfu.foundation.access.refusals import keeping_refusals
from bangfu.foundation.access.requests import ActingRequest, choose_posting, state_purpose
from bangfu.foundation.access.roles import load_roles
from bangfu.foundation.access.services import end_posting, grant_posting

__all__ = [
    "ANYONE",
    "SIGNED_IN",
    "VISITOR",
    "AccessRefused",
    "ActingRequest",
    "Actor",
    "Capability",
    "Grant",
    "Onlooker",
    "Posting",
    "Role",
    "Scope",
    "actor_of",
    "capability",
    "choose_posting",
    "declared_capabilities",
    "end_posting",
    "get_posting",
    "grant_posting",
    "keeping_refusals",
    "list_onlookers",
    "list_own_postings",
    "list_postings",
    "load_roles",
    "open_to_all",
    "open_to_signed_in",
    "organisation_of",
    "record_households",
    "requires",
    "state_purpose",
    "system_actor",
]
