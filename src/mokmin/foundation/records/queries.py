"""Reading records, and finding them by words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import CharField, Func, Q, QuerySet
from django.db.models.expressions import RawSQL

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.records import access, kinds
from mokmin.foundation.records.models import Record
from mokmin.foundation.records.states import Visibility
from mokmin.foundation.tenancy.keyset import Gone

WORD_LENGTH = 200
"""Longer texts are looked for by their beginning: nobody has a title so long in mind."""

MATCHES = """
SELECT records_search(%s, %s, %s, %s, %s, coalesce(
    (SELECT id FROM records_record WHERE uid = %s), CASE WHEN %s <> '' THEN 0 END
), %s)
"""
"""Behind a record that is not there stands nothing: the beginning would be taken for the rest."""


class Plain(Func):
    """A text as it is compared: without spaces, points and the difference of capitals."""

    function = "records_plain"
    output_field = CharField()


def visible_to(actor: Actor) -> QuerySet[Record]:
    """Records whose visibility reaches this person, everywhere or in units of their own."""
    reached = Q(visibility__in=access.visibilities(actor))
    if actor.unit_records:
        reached |= Q(visibility=Visibility.UNIT, unit_id__in=actor.unit_records)
    return Record.objects.filter(reached).order_by("title", "id")


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was found; `unit_name` is empty when it belongs to no unit."""

    uid: str
    kind: str
    title: str
    visibility: Visibility
    unit_uid: str
    unit_name: str

    @property
    def kind_label(self) -> str:
        """What it is, in Korean."""
        return kinds.label(self.kind)


def search(  # one argument per condition
    actor: Actor,
    text: str,
    *,
    kinds: Collection[str] = (),
    without: Collection[str] = (),
    each: Collection[str] = (),
    after: str = "",
    limit: int = 20,
) -> Sequence[Found]:
    """The newest records with all these words in their titles, as far as this person may see them.

    Spaces, points and capitals do not count; two syllables are enough, one is taken too. `after` is
    the address of the last record shown; raises Gone where there is none. Kinds of `each` are
    looked for on their own, up to the limit of each: many of one do not hide another.
    """
    who = [
        text[:WORD_LENGTH].replace("\0", ""),
        sorted(access.visibilities(actor)),
        sorted(actor.unit_records),
    ]
    where = [after, after, limit]
    parts = [(sorted(kinds), sorted({*without, *each})), *(([kind], []) for kind in sorted(each))]
    asked = [value for part in parts for value in (*who, *part, *where)]
    matches = RawSQL(" UNION ALL ".join([f"({MATCHES})"] * len(parts)), asked)  # our own text
    matched = visible_to(actor).filter(pk__in=matches).order_by("-id")
    found = [
        Found(uid, kind, title, Visibility(visibility), unit_uid or "", unit_name or "")
        for uid, kind, title, visibility, unit_uid, unit_name in matched.values_list(
            "uid", "kind", "title", "visibility", "unit__uid", "unit__title"
        )
    ]
    if after and not found and not Record.objects.filter(uid=after).exists():
        raise Gone
    return found
