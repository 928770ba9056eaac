"""The trail (변경 이력): who did what, what became of the rows, and the proof of it."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.jobs import queries as job_queries
from mokmin.foundation.jobs.states import OPEN
from mokmin.foundation.people import queries as people
from mokmin.foundation.tenancy.keyset import Window
from mokmin.foundation.trail import queries
from mokmin.foundation.trail.queries import ActFilter, ActRow, ChangeRow
from mokmin.foundation.trail.states import Operation
from mokmin.lib.errors import Denied
from mokmin.surfaces.console import changes, history, tasks
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.kit.addresses import AddressOf
from mokmin.surfaces.kit.http import MokminRequest
from mokmin.surfaces.kit.lists.declared import Ask, ListColumn, Listing
from mokmin.surfaces.kit.lists.filters import Choice, Day, Text
from mokmin.surfaces.kit.pager import pager, sealed, unsealed
from mokmin.surfaces.kit.rows import link, moment, number, text

CHANGES = 100
"""Changes on one page of an act."""

TONES = {Operation.INSERT: "ok", Operation.UPDATE: "info", Operation.DELETE: "late"}


def _verbs(_actor: Actor) -> Sequence[tuple[str, str]]:
    return queries.verb_choices()


def _tables(actor: Actor) -> Sequence[tuple[str, str]]:
    allowed = history.tables(actor)
    found = queries.table_choices()
    return [(table, label) for table, label in found if not allowed or table in allowed]


def _acts(ask: Ask) -> Sequence[ActRow]:
    asked = dict(ask.conditions)
    table, name = asked.pop("table", ""), asked.pop("name", "")
    about = (history.PERSON, people.named(name).values_list("pk", flat=True)) if name else None
    found = history.asked(ask.actor, ActFilter(**asked, about=about), table=table)
    return queries.acts(found, window=ask.window)


def _people(acts: Sequence[ActRow]) -> tuple[str, ...]:
    """Whom the acts are about; the list itself names nobody."""
    about = (act.subject_uid for act in acts if act.subject_table == history.PERSON)
    return tuple(dict.fromkeys(filter(None, about)))


def subject(act: ActRow) -> SafeString:
    """What the act is about; a person leads to their page, where the name may be read."""
    if act.subject_table == history.PERSON and act.subject_uid:
        return link(act.subject, PERSON(act.subject_uid))
    return text(act.subject)


PERSON = AddressOf("console:person")

TRAIL = Listing(
    route="console:trail",
    title="변경 이력",
    template="console/trail.html",
    open_to=access.why_not_see_trail,
    rows=_acts,
    sort="-at",
    columns=(
        ListColumn(
            "at", "때", lambda act: moment(act.at), value=lambda act: act.at, kind="date", sort="at"
        ),
        ListColumn(
            "verb", "행위", lambda act: link(act.verb_label, history.url(act)),
            value=lambda act: act.verb_label, names_row=True,
        ),
        ListColumn("actor", "행위자", lambda act: text(act.actor_name),
                   value=lambda act: act.actor_name),
        ListColumn("subject", "대상", subject, value=lambda act: act.subject),
        ListColumn("reason", "사유", lambda act: text(act.reason), value=lambda act: act.reason),
        ListColumn(
            "changes", "바뀐 행", lambda act: number(act.change_count, "행"),
            value=lambda act: act.change_count, kind="number",
        ),
        ListColumn(
            "seq", "연결 번호", lambda act: text("" if act.seq is None else f"{act.seq:,}"),
            value=lambda act: act.seq, kind="number", is_hidden=True,
        ),
        ListColumn("request", "요청 번호", lambda act: text(act.request_id),
                   value=lambda act: act.request_id, is_hidden=True),
    ),
    filters=(
        Day("since", "첫날"),
        Day("until", "끝날"),
        Text("actor", "행위자"),
        Choice("verb", "행위", _verbs),
        Choice("table", "표", _tables),
        Text("word", "대상·사유"),
        Text("name", "대상인 사람의 이름", is_personal=True),
    ),
    subjects=_people,
    empty="아직 이력이 없습니다.",
    nothing="조건에 맞는 이력이 없습니다.",
    context=lambda request: {"sees_all": access.sees_whole_trail(request.actor)},
)  # fmt: skip


@require_safe
@open_to(access.why_not_see_trail)
def act(request: MokminRequest, uid: str) -> HttpResponse:
    """One act with what it changed, before and after, column by column."""
    after = unsealed(request.GET.get("after", "")) or 0
    found = queries.act(uid, tables=history.tables(request.actor), after=after, limit=CHANGES + 1)
    if found is None:
        raise Http404
    shown = found.changes[:CHANGES]
    has_more = len(found.changes) > CHANGES
    context = {
        "act": found,
        "subject": subject(found),
        "changes": [_shown(change) for change in shown],
        "pager": pager(request.GET, next_key=sealed(shown[-1].id) if has_more else ""),
    }
    return TemplateResponse(request, "console/trail_act.html", context)


def _shown(change: ChangeRow) -> dict[str, object]:
    return {
        "title": f"{change.table_label} {change.row_uid}".strip(),
        "word": change.operation.label,
        "tone": TONES[change.operation],
        "differences": changes.differences(change),
        "has_personal": any(column.is_personal for column in change.columns),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(access.why_not_see_trail)
def verify(request: MokminRequest) -> HttpResponse:
    """The head of the chain to keep or publish, the last verdict, and a new proof as a job."""
    actor, why_not = request.actor, access.why_not_verify_trail(request.actor)
    running = job_queries.own(actor).filter(task=tasks.verify_trail.name, state__in=OPEN).first()
    if request.method == "POST":
        if why_not:
            raise Denied(why_not)
        job = running or jobs.enqueue(tasks.verify_trail, actor=actor, at=timezone.now())
        return HttpResponseRedirect(reverse("console:job", args=[job.uid]), status=303)
    verdicts = queries.acts(ActFilter(verb=tasks.VERIFIED), window=Window("-at", limit=5))
    sees_all = access.sees_whole_trail(actor)
    context = {
        "head": next(iter(queries.heads()), None),
        "now": timezone.now(),
        "verdicts": [
            changes.event(each, url=history.url(each) if sees_all else "") for each in verdicts
        ],
        "running": running,
        "why_not": why_not or "",
    }
    return TemplateResponse(request, "console/trail_verify.html", context)
