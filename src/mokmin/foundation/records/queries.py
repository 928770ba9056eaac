"""Reading records."""

from django.db.models import QuerySet

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.records import access
from mokmin.foundation.records.models import Record


def visible_to(actor: Actor) -> QuerySet[Record]:
    """Records whose visibility reaches this person."""
    return Record.objects.filter(visibility__in=access.visibilities(actor)).order_by("title", "id")
