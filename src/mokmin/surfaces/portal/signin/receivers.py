"""What sign-in does when something happens among people."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.people import signals
from mokmin.foundation.people.models import Person
from mokmin.surfaces.portal.signin import tasks


@receiver(signals.invitation_asked, dispatch_uid="portal.invitation")
def send_invitation(
    *, person: Person, origin: str, actor: Actor, at: datetime, **_signal: Any
) -> None:
    """Have the letter sent once the caller's transaction is committed."""
    jobs.enqueue(
        tasks.send_invitation, actor=actor, at=at, account_id=person.account_id, origin=origin
    )
