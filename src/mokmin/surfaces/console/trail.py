"""The trail (변경 이력): who did what, what became of the rows, and the proof of it."""

from django import forms
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
from mokmin.foundation.trail import queries
from mokmin.foundation.trail.queries import ActFilter, ActRow, ChangeRow
from mokmin.foundation.trail.states import Operation
from mokmin.lib.errors import Denied
from mokmin.surfaces.console import changes, history, lists, tasks
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.forms import Filters, date_input
from mokmin.surfaces.kit.http import MokminRequest
from mokmin.surfaces.kit.pager import pager
from mokmin.surfaces.kit.rows import Column, link, moment, number, text, tr

CHANGES = 100
"""Changes on one page of an act."""

COLUMNS = (
    Column("때", "date"),
    Column("행위", names_row=True),
    Column("행위자"),
    Column("대상"),
    Column("사유"),
    Column("바뀐 행", "number"),
)
TONES = {Operation.INSERT: "ok", Operation.UPDATE: "info", Operation.DELETE: "late"}


class ActFilters(Filters):
    """Which acts are looked for."""

    since = forms.DateField(label="첫날", required=False, widget=date_input())
    until = forms.DateField(label="끝날", required=False, widget=date_input())
    actor = forms.CharField(label="행위자", required=False)
    verb = forms.ChoiceField(label="행위", required=False)
    table = forms.ChoiceField(label="표", required=False)
    word = forms.CharField(label="대상·사유", required=False)

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's form takes them
        allowed = history.tables(actor)
        tables = [
            (table, label)
            for table, label in queries.table_choices()
            if not allowed or table in allowed
        ]
        everything = ("", "모두")
        self.fields["verb"].choices = [everything, *queries.verb_choices()]  # type: ignore[attr-defined]
        self.fields["table"].choices = [everything, *tables]  # type: ignore[attr-defined]

    def conditions(self, actor: Actor) -> ActFilter:
        """What the query takes, within what this actor may see."""
        asked = self.asked
        found = ActFilter(
            since=asked.get("since"),
            until=asked.get("until"),
            actor=asked.get("actor", ""),
            verb=asked.get("verb", ""),
            word=asked.get("word", ""),
        )
        return history.asked(actor, found, table=asked.get("table", ""))


@require_safe
@open_to(access.why_not_see_trail)
def acts(request: MokminRequest) -> HttpResponse:
    """The list, newest first."""
    filters = ActFilters(request.GET, actor=request.actor)
    asked = filters.conditions(request.actor)
    found, last = lists.cut(queries.acts(asked, after=lists.key(request), limit=lists.SIZE + 1))
    context = {
        "filters": filters,
        "columns": COLUMNS,
        "rows": [_row(act) for act in found],
        "summary": lists.summary(request, found, unit="건", has_more=last is not None),
        "pager": pager(request.GET, next_key=last.uid if last else ""),
        "sees_all": access.sees_whole_trail(request.actor),
    }
    return TemplateResponse(request, "console/trail.html", context)


def _row(act: ActRow) -> SafeString:
    return tr(
        COLUMNS,
        (
            moment(act.at),
            link(act.verb_label, history.url(act)),
            text(act.actor_name),
            subject(act),
            text(act.reason),
            number(act.change_count, "행"),
        ),
    )


def subject(act: ActRow) -> SafeString:
    """What the act is about; a person leads to their page, where the name may be read."""
    if act.subject_table == history.PERSON and act.subject_uid:
        return link(act.subject, reverse("console:person", args=[act.subject_uid]))
    return text(act.subject)


@require_safe
@open_to(access.why_not_see_trail)
def act(request: MokminRequest, uid: str) -> HttpResponse:
    """One act with what it changed, before and after, column by column."""
    after = lists.unsealed(lists.key(request)) or 0
    found = queries.act(uid, tables=history.tables(request.actor), after=after, limit=CHANGES + 1)
    if found is None:
        raise Http404
    shown = found.changes[:CHANGES]
    has_more = len(found.changes) > CHANGES
    context = {
        "act": found,
        "subject": subject(found),
        "changes": [_shown(change) for change in shown],
        "pager": pager(request.GET, next_key=lists.sealed(shown[-1].id) if has_more else ""),
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
    verdicts = queries.acts(ActFilter(verb=tasks.VERIFIED), limit=5)
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
