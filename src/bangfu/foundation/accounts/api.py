"""The door to accounts: others import only this."""

from bangfu.foundation.accounts.models import Person
from bangfu.foundation.accounts.queries import find_person, names_of
from bangfu.foundation.accounts.services import create_person

__all__ = ["Person", "create_person", "find_person", "names_of"]
