"""Signing in and out, kept in the audit: who came, who left, and who was turned away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction

from bangfu.foundation.access.actors import VISITOR, Actor
from bangfu.foundation.access.queries import actor_of
from bangfu.foundation.accounts.api import Person, find_person
from bangfu.foundation.audit.api import Kind, record, record_refused

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGN_IN = "access.sign_in"


def watch_sign_ins() -> None:
    """Listen to Django's signals; called once when the app is ready."""
    user_logged_in.connect(_came, dispatch_uid="access.came")
    user_logged_out.connect(_left, dispatch_uid="access.left")
    user_login_failed.connect(_turned_away, dispatch_uid="access.turned_away")


def _keep(person: Person, action: str) -> None:
    actor = actor_of(person)
    with transaction.atomic():
        record(
            actor=actor,
            action=action,
            kind=Kind.CHANGED,
            subject_type="person",
            subject_ids=(person.id,),
            division=_home_of(actor),
        )


def _home_of(actor: Actor) -> str:
    return actor.grants[0].division if actor.grants else ""


def _came(*, user: Person, **_: Any) -> None:
    _keep(user, "access.signed_in")


def _left(*, user: Person | None, **_: Any) -> None:
    if user is not None:
        _keep(user, "access.signed_out")


def _turned_away(*, credentials: Mapping[str, Any], **_: Any) -> None:
    """Keep the attempt under the person whose name was tried; a name nobody has is not kept."""
    person = find_person(str(credentials.get("username", "")))
    actor = actor_of(person) if person else VISITOR
    record_refused(actor, SIGN_IN, SIGN_IN, _home_of(actor))
