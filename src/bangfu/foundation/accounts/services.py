"""Making people."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from bangfu.foundation.accounts.models import Person, plain_username
from bangfu.foundation.audit.api import Checked, Kind, record
from bangfu.kernel.problems import Problem, Refused

MANAGE: Final = "access.manage"
"""Declared by access, which lies above."""
_PASSWORD_CODES: Final = {
    "password_too_short": "accounts.password_too_short",
    "password_too_similar": "accounts.password_too_similar",
    "password_too_common": "accounts.password_too_common",
    "password_entirely_numeric": "accounts.password_entirely_numeric",
}
"""Our problem codes for the codes of Django's password validators."""


@transaction.atomic
def create_person(
    *, actor: Checked, username: str, name: str, password: str | None = None, division: str = ""
) -> Person:
    """Make a person who can sign in; without a password they cannot until one is set.

    Args:
        actor: needs `access.manage` in `division`.
        username: the name to sign in with; stored in small letters.
        name: the person's name as others see it.
        password: checked against the password rules of the settings.
        division: where the person belongs, for the check and the audit; the nation by default.

    Raises:
        AccessRefused: without `access.manage` in `division`.
        Refused: `accounts.username_invalid`, `accounts.username_taken`, `accounts.name_missing`,
            `accounts.password_*`.
    """
    actor.check(MANAGE, division)
    person = Person(username=plain_username(username), name=name.strip())
    problems = [*_naming_problems(person), *_password_problems(password, person)]
    if problems:
        raise Refused(*problems)
    person.set_password(password)
    person.save(force_insert=True)
    record(
        actor=actor,
        action="accounts.person_created",
        kind=Kind.CHANGED,
        subject_type="person",
        subject_ids=(person.id,),
        division=division,
    )
    return person


def _naming_problems(person: Person) -> list[Problem]:
    problems = []
    if not person.username or any(
        not char.isalnum() and char not in "._-" for char in person.username
    ):
        problems.append(Problem("accounts.username_invalid"))
    elif Person.objects.filter(username=person.username).exists():
        problems.append(Problem("accounts.username_taken"))
    if not person.name:
        problems.append(Problem("accounts.name_missing"))
    return problems


def _password_problems(password: str | None, person: Person) -> list[Problem]:
    if password is None:
        return []
    try:
        validate_password(password, person)
    except ValidationError as error:
        return [Problem(_PASSWORD_CODES[str(each.code)]) for each in error.error_list]
    return []
