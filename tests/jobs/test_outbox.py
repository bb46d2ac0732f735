"""An event is taken up once and then left alone, however often the outbox is looked through."""

from __future__ import annotations

import pytest

from bangfu.foundation.jobs.api import announce
from bangfu.foundation.jobs.dispatch import dispatch_events
from bangfu.foundation.jobs.models import OutboxEvent

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_event_that_was_taken_up_is_not_taken_up_again() -> None:
    announce("nobody.listens", {"n": 1})
    announce("nobody.listens", {"n": 2})
    assert dispatch_events() == 2
    assert dispatch_events() == 0
    announce("nobody.listens", {"n": 3})
    assert dispatch_events() == 1
    assert not OutboxEvent.objects.filter(dispatched_at=None).exists()
