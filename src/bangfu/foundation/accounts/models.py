"""People who sign in."""

from __future__ import annotations

import unicodedata
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from typing_extensions import override

from bangfu.foundation.clock.api import new_id


def plain_username(text: str) -> str:
    """The form in which a sign-in name is stored and looked up: NFKC, small letters, trimmed."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


class PersonManager(BaseUserManager["Person"]):
    """Finds people by the name they sign in with."""

    @override
    def get_by_natural_key(self, username: str | None) -> Person:
        """The person who signs in with this name, however it is written."""
        return self.get(username=plain_username(username or ""))


class Person(AbstractBaseUser):
    """A named person. Rights come from postings, never from the person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=64)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    @override
    def __str__(self) -> str:
        return self.name
