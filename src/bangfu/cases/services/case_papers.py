"""Papers that people bring to a case: kept encrypted, opened by whoever may see the case."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Final

from bangfu.cases.permissions import CHECK, READ
from bangfu.foundation.files.api import Purpose, register_purpose, store

if TYPE_CHECKING:
    from bangfu.cases.models import Case
    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.files.api import StoredFile

PAPERS: Final = Purpose(
    "cases.paper", read=READ, write=CHECK, zh="案件文书和照片", en="Papers and photos of cases"
)
register_purpose(PAPERS)


def keep_paper(*, actor: Actor, case: Case, name: str, stream: IO[bytes]) -> StoredFile:
    """Keep a paper of a case.

    Raises:
        AccessRefused: when the actor may not check there.
    """
    return store(actor=actor, name=name, stream=stream, purpose=PAPERS.name, division=case.division)
