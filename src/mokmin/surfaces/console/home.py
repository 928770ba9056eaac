"""The first page of the console: a greeting, what needs doing, how things stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.models import AccessEntry
from mokmin.foundation.access.queries import Standing
from mokmin.foundation.access.states import Role
from mokmin.foundation.jobs import queries as jobs
from mokmin.foundation.jobs.queries import JobFigures
from mokmin.foundation.jobs.states import JobState
from mokmin.foundation.orgs import queries_hand_overs as orgs
from mokmin.foundation.orgs.queries_hand_overs import HandOverRow
from mokmin.foundation.orgs.queries_people import RolesByPost
from mokmin.foundation.people import queries as people
from mokmin.foundation.people import queries_people
from mokmin.foundation.people.queries_people import Figures
from mokmin.foundation.tenancy.keyset import Window
from mokmin.foundation.trail import queries as trail
from mokmin.lib.korean import date_text
from mokmin.lib.period import Period
from mokmin.surfaces.console import history
from mokmin.surfaces.console.doors import open_to_staff
from mokmin.surfaces.kit.http import MokminRequest, today
from mokmin.surfaces.kit.rows import Event, Todo

RECENT_DAYS = 7
HAND_OVERS = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure, leading to the page it comes from."""

    label: str
    value: int
    unit: str
    url: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the page needs; None where the role may not look."""

    today: date
    jobs: JobFigures
    sees_all_jobs: bool
    people: Figures | None
    log: Standing | None
    hand_overs: Sequence[HandOverRow]


@require_safe
@open_to_staff
def home(request: MokminRequest) -> HttpResponse:
    """Greet; the page costs at most five queries of its own."""
    actor = request.actor
    now = _situation(request)
    events = _recent_acts(actor)
    context = {
        "name": actor.name,
        "roles": [role.label for role in Role if role in actor.roles],
        "today": date_text(now.today, with_weekday=True),
        "tiles": list(_tiles(now)),
        "todos": list(_todos(now, actor)),
        "person": actor.person_uid if actor.posts else "",
        "sees_trail": access.why_not_see_trail(actor) is None,
        "events": events,
        "sign_ins": _sign_ins(access.sign_ins(actor)) if events is None else [],
    }
    return TemplateResponse(request, "console/home.html", context)


def _situation(request: MokminRequest) -> Situation:
    actor, day = request.actor, today()
    needed_for = request.carried.settings.mfa_roles if request.carried.settings else []
    sees_people = people.why_not_see_people(actor) is None
    sees_log = access.why_not_see_access_log(actor) is None
    return Situation(
        today=day,
        jobs=jobs.figures(actor, since=_recent(day)),
        sees_all_jobs=jobs.why_not_see_all(actor) is None,
        people=queries_people.figures(needed_for=needed_for, by_post=RolesByPost(day))
        if sees_people
        else None,
        log=access.standing(day) if sees_log else None,
        hand_overs=orgs.waiting(actor, limit=HAND_OVERS),
    )


def _recent(today: date) -> date:
    return today - timedelta(days=RECENT_DAYS - 1)


def _failed_jobs(today: date) -> str:
    return f"{reverse('console:jobs')}?state={JobState.FAILED}&since={_recent(today)}"


def _recent_acts(actor: Actor) -> list[Event] | None:
    if access.why_not_see_trail(actor):
        return None
    acts = trail.acts(history.asked(actor), window=Window("-at", limit=6))
    return [
        Event(act.at, act.verb_label, by=act.actor_name, note=act.reason, url=history.url(act))
        for act in acts
    ]


def _sign_ins(entries: Sequence[AccessEntry]) -> list[Event]:
    return [
        Event(entry.at, "로그인", note=f"접속지 {entry.address or '알 수 없음'}")
        for entry in entries
    ]


def _tiles(now: Situation) -> Iterator[Tile]:
    if found := now.people:
        others = found.people - found.staff
        yield Tile(
            "직원 계정", found.staff, "명", reverse("console:people"),
            f"관리자 {found.administrators}명 · 직원 아닌 사람 {others}명",
        )  # fmt: skip
        yield Tile(
            "2단계 인증 미등록", found.unprotected, "명",
            f"{reverse('console:people')}?factor=missing", "꼭 필요한 역할 가운데",
            "late" if found.unprotected else "",
        )  # fmt: skip
    if log := now.log:
        yield Tile(
            "이번 달 접속기록", log.entry_count, "건",
            f"{reverse('console:access-log')}?since={now.today.replace(day=1)}",
            f"내려받기 {log.download_count:,}건 · 로그인 실패 {log.failed_sign_in_count:,}건",
        )  # fmt: skip
    yield Tile("진행 중인 작업", now.jobs.open, "건", reverse("console:jobs"), "대기하는 것까지")
    yield Tile(
        "실패한 작업", now.jobs.failed, "건", _failed_jobs(now.today), f"최근 {RECENT_DAYS}일",
        "late" if now.jobs.failed else "",
    )  # fmt: skip


def _todo(title: str, detail: str, url: str, word: str = "해야 함", tone: str = "warn") -> Todo:
    return Todo(title, note=detail, url=url, word=word, tone=tone)


def _todos_of_hand_overs(now: Situation, actor: Actor) -> Iterator[Todo]:
    for sheet in now.hand_overs:
        is_late = sheet.due_on < now.today
        yield _todo(
            f"{sheet.post_name} {_what_to_do(sheet, actor)}",
            f"인계일 {date_text(sheet.on)} · 확인 기한 {date_text(sheet.due_on)}",
            reverse("console:hand-over", args=[sheet.uid]),
            "기한 지남" if is_late else "인계인수", "late" if is_late else "info",
        )  # fmt: skip


def _what_to_do(sheet: HandOverRow, actor: Actor) -> str:
    if sheet.leaver.uid == actor.person_uid:
        return "넘겨줄 것을 의견에 적어 주세요."
    return "인수자를 정해 주세요." if sheet.successor is None else "인수를 확인해 주세요."


def _todos(now: Situation, actor: Actor) -> Iterator[Todo]:
    yield from _todos_of_hand_overs(now, actor)
    month = Period.containing(now.today, months=1).previous()
    if now.log and not now.log.is_reviewed and access.why_not_review_access_log(actor) is None:
        yield _todo(
            f"{month.label} 접속기록을 점검해 주세요.",
            "개인정보 접속기록은 달마다 한 번 이상 점검하고 결과를 남겨야 합니다.",
            f"{reverse('console:access-log-reviews')}?month={month}",
        )
    if now.people and people.why_not_manage_people(actor) is None:
        yield from _todos_of_administrator(now.people)
    if now.sees_all_jobs and now.jobs.workers == 0:
        yield _todo(
            "작업을 처리하는 프로그램이 돌고 있지 않습니다.",
            "메일과 밤 작업이 밀리고 있습니다. 누리집을 운영하는 사람에게 알려 주세요.",
            reverse("console:jobs"), "멈춤", "late",
        )  # fmt: skip
    if now.jobs.failed:
        yield _todo(
            f"최근 {RECENT_DAYS}일 동안 요청한 작업 {now.jobs.failed:,}건이 실패했습니다.",
            "작업을 눌러 실패한 원인을 확인해 주세요.",
            _failed_jobs(now.today), "실패", "late",
        )  # fmt: skip


def _todos_of_administrator(found: Figures) -> Iterator[Todo]:
    if found.lacks_administrators:
        yield _todo(
            "관리자가 한 명뿐입니다.",
            "그 사람이 들어오지 못하면 계정을 고칠 사람이 없습니다. 한 명 더 정해 주세요.",
            reverse("console:people"),
        )
    if found.unprotected:
        yield _todo(
            f"2단계 인증을 등록하지 않은 사람이 {found.unprotected:,}명 있습니다.",
            "다음 로그인 때 등록해야 들어올 수 있습니다. 미리 알려 주세요.",
            f"{reverse('console:people')}?factor=missing",
        )
