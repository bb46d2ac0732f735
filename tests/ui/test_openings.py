"""Who looked, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from bangfu.foundation.access.api import actor_of, system_actor
from bangfu.foundation.audit.api import record_opened
from bangfu.foundation.clock.api import new_id
from bangfu.foundation.pages.api import who_looked

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.people import Worker


@pytest.mark.django_db
def test_people_are_named_with_the_posting_they_looked_in(
    worker: Callable[[str], Worker],
) -> None:
    subject = new_id()
    with transaction.atomic():
        record_opened(system_actor("screening"), "household", subject, "511921103201")
        record_opened(
            actor_of(worker("reviewer").person, purpose="核对公示"),
            "household",
            subject,
            "511921103201",
        )
        record_opened(actor_of(worker("officer").person), "household", new_id(), "511921103201")
    found = [(each.name, each.title, each.purpose) for each in who_looked("household", subject)]
    assert found == [("冯蓉", "镇级审核", "核对公示"), ("screening", "", "")]
