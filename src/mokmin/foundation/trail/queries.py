"""Reading the trail: what was done, what became of a row, the rows of a past day, and the proof."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, connections
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from mokmin.foundation.tenancy.context import current_tenant_id
from mokmin.foundation.tenancy.keyset import Order, Window, page_of, stretch
from mokmin.foundation.tenancy.models import TenantModel
from mokmin.foundation.trail import columns, verbs, versions
from mokmin.foundation.trail.columns import ChangedColumn
from mokmin.foundation.trail.models import Act, Change, Head
from mokmin.foundation.trail.rules import Broken
from mokmin.foundation.trail.states import Operation
from mokmin.lib.korean import SEOUL

PLACED = """
SELECT a.id, a.uid, l.seq, a.verb, a.actor_name, a.reason, a.at, a.subject_table, a.subject_id,
       a.subject_uid, a.subject_title,
       CASE WHEN a.subject_table = '' THEN
            (SELECT c.table_name FROM trail_change c WHERE c.act_id = a.id ORDER BY c.id LIMIT 1)
       END,
       coalesce(cardinality(s.change_ids), 0), a.db_user, a.request_id
  FROM {page} AS page
  JOIN trail_act a ON a.id = page.id
  LEFT JOIN trail_link l ON l.id = a.id
  LEFT JOIN trail_seal s ON s.id = a.id
 ORDER BY page.place
"""
"""What is told of the acts on a page."""

CHUNK = 500
"""Links checked by one statement."""

table_choices = columns.table_choices
verb_choices = verbs.choices


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One changed row, readable."""

    id: int
    at: datetime
    table: str
    table_label: str
    row_id: int
    row_uid: str
    operation: Operation
    columns: tuple[ChangedColumn, ...]


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act, readable; `seq` is its place in the chain, None until its transaction ends."""

    id: int
    uid: str
    seq: int | None
    verb: str
    verb_label: str
    actor_name: str
    reason: str
    at: datetime
    subject_table: str
    subject_id: int | None
    subject_uid: str
    subject: str
    change_count: int
    db_user: str
    request_id: str
    changes: tuple[ChangeRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ActFilter:
    """What the history page is asked for; the days are days in Seoul, both included.

    `about` names rows by table and numbers: acts about one of them, or that changed one.
    """

    since: date | None = None
    until: date | None = None
    person_id: int | None = None
    actor: str = ""
    verb: str = ""
    tables: Collection[str] = ()
    word: str = ""
    about: tuple[str, Collection[int] | QuerySet[Any, int]] | None = None


def reason_given(verb: str, model: type[TenantModel], *, at: str) -> Subquery:
    """Why something was done to each row of a query, at the instant in its column `at`."""
    found = Act.objects.filter(
        at=OuterRef(at), verb=verb, subject_table=model._meta.db_table, subject_id=OuterRef("pk")
    )
    return Subquery(found.values("reason")[:1])


ORDERS = {"at": Order("at", "id")}
NEWEST = Window("-at")
"""Acts as they are usually wanted."""


def acts(asked: ActFilter | None = None, *, window: Window = NEWEST) -> Sequence[ActRow]:
    """A stretch of the acts, without their changes."""
    found = Act.objects.filter(_where(asked or ActFilter()))
    return window.turned(_placed(stretch(found, window, ORDERS)))


def act(
    uid: str, *, tables: Collection[str] = (), after: int = 0, limit: int = 200
) -> ActRow | None:
    """One act with its changes in order; `after` is the id of the last change shown before.

    With `tables` only what touches them is there: the act, and of its changes theirs.
    """
    where = Q(uid=uid) & _touching(tables) if tables else Q(uid=uid)
    found = next(iter(_placed(Act.objects.filter(where))), None)
    if found is None:
        return None
    changes = Change.objects.filter(act_id=found.id, id__gt=after).order_by("id")
    if tables:
        changes = changes.filter(table_name__in=tables)
    return replace(found, changes=tuple(map(_change_row, changes[:limit])))


def history(*rows: tuple[str, int], before: int | None = None, limit: int = 50) -> list[ActRow]:
    """What became of a thing, newest first: an act with one change per line.

    A thing may be several rows, each given as table and id; `before` is the id of a change.
    """
    where = Q(pk__in=())
    for table, row_id in rows:
        where |= Q(table_name=table, row_id=row_id)
    found = Change.objects.filter(where).order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    changes = list(found[:limit])
    whose = {act.id: act for act in _placed(Act.objects.filter(pk__in=_acts_of(changes)))}
    return [replace(whose[change.act_id], changes=(_change_row(change),)) for change in changes]


def as_of(model: type[TenantModel], on: date) -> QuerySet[Any]:
    """The rows of a table at the end of a day in Seoul.

    They are read, filtered and ordered like those of today, but a relation is its number and a
    personal value its hash. Raises LookupError for a table that keeps no versions.
    """
    return versions.rows(model, _start_of(on + timedelta(days=1))).order_by("id")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of the verifier; `head` is the hash of the last link as hexadecimal text."""

    links: int
    changes: int
    head: str = ""
    broken: Broken | None = None
    is_cancelled: bool = False
    is_over: bool = True

    @property
    def is_sound(self) -> bool:
        """Whether everything was looked at and held."""
        return self.is_over and self.broken is None and not self.is_cancelled

    @property
    def sentence(self) -> str:
        """The answer for a person."""
        if self.broken:
            return self.broken.sentence
        seen = f"연결 {self.links:,}개와 변경 {self.changes:,}개"
        if self.is_cancelled:
            return f"검증을 중간에 그만두었습니다. {seen}까지는 이상이 없습니다."
        return f"{seen}를 모두 확인했습니다. 고치거나 지운 흔적이 없습니다."


def verify(
    *,
    tenant_id: int | None = None,
    using: str = "default",
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Verdict:
    """Prove the chain of a municipality (the one in force), or name the first broken place.

    Call it outside any act: what the running transaction has done is not linked yet. `progress`
    is told links done and links in all; `cancelled` is asked between chunks.
    """
    verdict = Verdict(0, 0, is_over=False)
    while not verdict.is_over:
        if cancelled and cancelled():
            return replace(verdict, is_cancelled=True, is_over=True)
        verdict = verify_on(verdict, tenant_id=tenant_id, using=using)
        if progress and not verdict.is_over:
            progress(verdict.links, max(verdict.links, length(tenant_id, using=using)))
    return verdict


def verify_on(so_far: Verdict, *, tenant_id: int | None = None, using: str = "default") -> Verdict:
    """Prove the next stretch of the chain, for those who cannot hold one transaction so long."""
    whose = current_tenant_id() if tenant_id is None else tenant_id
    links, changes = so_far.links, so_far.changes
    walked, seen, *found = _call("trail_verify_links", [whose, links, CHUNK], using=using)
    changes += seen
    if found[0]:
        return Verdict(links, changes, broken=Broken(*found))
    if walked == links:
        has_more, *found = _call("trail_verify_ends", [whose, links], using=using)
        if found[0]:
            return Verdict(links, changes, broken=Broken(*found))
        if not has_more:
            return Verdict(links, changes, _head(whose, using=using))
    return Verdict(walked, changes, is_over=False)


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The last link of one municipality; published, it proves all before it."""

    tenant_id: int
    seq: int
    hash: str


def heads(*, using: str = "default") -> list[HeadRow]:
    """The head of every municipality that the connection may see: one for the product, all for
    the backup role."""
    found = Head.objects.using(using).order_by("tenant_id")
    rows = found.values_list("tenant_id", "seq", "hash")
    return [HeadRow(tenant_id, seq, bytes(digest).hex()) for tenant_id, seq, digest in rows]


def _call(function: str, values: list[int], *, using: str) -> tuple[Any, ...]:
    marks = ", ".join(["%s"] * len(values))
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}({marks})", values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def _head(tenant_id: int, *, using: str) -> str:
    return next((row.hash for row in heads(using=using) if row.tenant_id == tenant_id), "")


def length(tenant_id: int | None = None, *, using: str = "default") -> int:
    """How many links the chain of a municipality (the one in force) has."""
    whose = current_tenant_id() if tenant_id is None else tenant_id
    return next((row.seq for row in heads(using=using) if row.tenant_id == whose), 0)


def _where(asked: ActFilter) -> Q:
    where = _within(asked.since, asked.until)
    if asked.person_id is not None:
        where &= Q(actor_person_id=asked.person_id)
    if asked.actor:
        where &= Q(actor_name__icontains=asked.actor)
    if asked.verb:
        where &= Q(verb=asked.verb)
    if asked.tables:
        where &= _touching(asked.tables)
    if asked.word:
        where &= Q(reason__icontains=asked.word) | Q(subject_title__icontains=asked.word)
    if asked.about:
        where &= _about(*asked.about)
    return where


def _touching(tables: Collection[str]) -> Q:
    touched = Change.objects.filter(act=OuterRef("pk"), table_name__in=tables)
    return Q(subject_table__in=tables) | Q(Exists(touched))


def _within(since: date | None, until: date | None) -> Q:
    where = Q()
    if since:
        where &= Q(at__gte=_start_of(since))
    if until and until < date.max:
        where &= Q(at__lt=_start_of(until + timedelta(days=1)))
    return where


def _about(table: str, ids: Collection[int] | QuerySet[Any, int]) -> Q:
    changed = Change.objects.filter(act=OuterRef("pk"), table_name=table, row_id__in=ids)
    return Q(subject_table=table, subject_id__in=ids) | Q(Exists(changed))


def _placed(found: QuerySet[Act]) -> list[ActRow]:
    """Acts with their number in the chain, the count of their changes and the first one's table."""
    page, values = page_of(found)
    with connection.cursor() as cursor:
        cursor.execute(PLACED.format(page=page), values)
        return [_act_row(*row) for row in cursor.fetchall()]


def _act_row(*row: Any) -> ActRow:
    act_id, uid, seq, verb, actor_name, reason, at, subject_table, *subject = row
    subject_id, subject_uid, title, first_table, change_count, db_user, request_id = subject
    return ActRow(
        id=act_id,
        uid=uid,
        seq=seq,
        verb=verb,
        verb_label=verbs.label(verb),
        actor_name=actor_name,
        reason=reason,
        at=at,
        subject_table=subject_table,
        subject_id=subject_id,
        subject_uid=subject_uid,
        subject=_subject(columns.table_label(subject_table or first_table or ""), title),
        change_count=change_count,
        db_user=db_user,
        request_id=request_id,
    )


def _subject(label: str, title: str) -> str:
    """Kind and title of a thing; a title that says the kind itself stands alone."""
    return title if label in title else f"{label} {title}".strip()


def _change_row(change: Change) -> ChangeRow:
    return ChangeRow(
        id=change.pk,
        at=change.at,
        table=change.table_name,
        table_label=columns.table_label(change.table_name),
        row_id=change.row_id,
        row_uid=str((change.after or change.before or {}).get("uid", "")),
        operation=Operation(change.operation),
        columns=columns.read(change.table_name, change.before, change.after),
    )


def _acts_of(changes: Iterable[Change]) -> set[int]:
    return {change.act_id for change in changes}


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), SEOUL)
