"""Keeping what a person has begun to write into a form, and forgetting it; no act of the trail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.people import rules
from mokmin.foundation.people.models import Draft
from mokmin.lib.errors import Denied


class KeptElsewhere(Denied):
    """Another window has kept the same form meanwhile."""


@transaction.atomic
def keep(
    form: str,
    values: Mapping[str, Any],
    *,
    base: datetime | None,
    actor: Actor,
    at: datetime,
    takes_over: bool = False,
) -> datetime:
    """Keep what stands in a form now, instead of what was kept at `base` (None: nothing yet).

    Two windows may show one form: the one that keeps later is told, unless it `takes_over`.
    Returns the instant that is the next `base`; raises Denied, KeptElsewhere.
    """
    if why := rules.why_not_keep_draft(form=form, values=values, person_id=actor.person_id):
        raise Denied(why)
    drafts = _of(actor)
    found = drafts.filter(form=form).select_for_update().first()
    kept_at = found.kept_at if found else None
    if not takes_over and (why := rules.why_not_replace_draft(kept_at, base=base)):
        raise KeptElsewhere(why)
    if found is None:
        found, is_new = drafts.get_or_create(
            form=form,
            defaults={"person_id": actor.person_id or 0, "values": values, "kept_at": at},
        )
        if not is_new:
            raise KeptElsewhere(rules.KEPT_ELSEWHERE)
    else:
        found.values, found.kept_at = dict(values), at
        found.save(update_fields=["values", "kept_at"])
    newest = drafts.order_by("-kept_at", "-id").values("id")[: rules.MOST_DRAFTS]
    drafts.exclude(id__in=newest).delete()
    return found.kept_at


def forget(form: str, *, actor: Actor) -> None:
    """The form was sent, or its writer starts afresh."""
    _of(actor).filter(form=form).delete()


def purge(*, kept_before: datetime) -> int:
    """Delete what nobody came back to; how many drafts that were."""
    return Draft.objects.filter(kept_at__lt=kept_before).delete()[0]


def _of(actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.filter(person_id=actor.person_id or 0)
