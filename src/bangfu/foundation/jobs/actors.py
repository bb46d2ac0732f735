"""Who a job runs as: kept as references, made anew when it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bangfu.foundation.access.api import actor_of, system_actor
from bangfu.foundation.accounts.api import Person
from bangfu.kernel.problems import Problem, Refused

if TYPE_CHECKING:
    from bangfu.foundation.access.api import Actor
    from bangfu.foundation.jobs.models import Job


def division_of_system(actor: Actor) -> str:
    """Where a part of the system acts; empty for people, whose grants are read anew."""
    return "" if actor.person_id or not actor.grants else str(actor.grants[0].division)


def actor_of_job(job: Job) -> Actor:
    """The actor a job runs as, with the rights that hold today.

    Raises:
        Refused: when the person is gone.
    """
    if job.person_id is None:
        return system_actor(job.actor_name, job.division)
    person = Person.objects.filter(pk=job.person_id).first()
    if person is None:
        raise Refused(Problem("jobs.person_gone"))
    return actor_of(person, posting_id=job.posting_id, purpose=job.purpose)
