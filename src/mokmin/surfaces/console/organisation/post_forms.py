"""Forms of posts: a new one, other duties from a day on, its end; and how a unit is reached."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mokmin.foundation.access.states import Handling
from mokmin.foundation.orgs import actions_posts, queries, queries_posts
from mokmin.foundation.orgs.queries_posts import PostCard, UnitPlace
from mokmin.foundation.orgs.states import PostRank
from mokmin.foundation.orgs.steps import NewPost
from mokmin.foundation.orgs.values import AsOf
from mokmin.lib.errors import Denied, Invalid
from mokmin.lib.korean import date_text
from mokmin.lib.uid import new_uid
from mokmin.surfaces.console.doors import open_to
from mokmin.surfaces.console.organisation import days, post, posts
from mokmin.surfaces.console.organisation.forms import DemandingForm
from mokmin.surfaces.kit.forms import flow
from mokmin.surfaces.kit.forms.base import Number, ReasonForm, StaffForm
from mokmin.surfaces.kit.forms.dates import DateField
from mokmin.surfaces.kit.http import MokminRequest, note_personal

PAGE = "자리"
NOTHING_COMES = "그날에 바뀌도록 등록된 것이 없습니다."
WHAT = ("rank", "title", "grade", "duties", "phone")


class PostForm(DemandingForm, ReasonForm):
    """What a post is called and what it does, from a day on."""

    has_draft = True
    needed = ("rank", "title", "on")
    demanded = {"title": "직위를 적어 주세요.", "on": "언제부터인지 날짜를 적어 주세요."}
    told_at = {f"steps.1.post.{name}": name for name in WHAT}
    field_order = (*WHAT, "on", "reason")

    rank = forms.ChoiceField(label="구분", choices=PostRank.choices)
    title = forms.CharField(label="직위", help_text="예: 주무관, 기획팀장")
    grade = forms.CharField(label="직급", help_text="예: 행정7급")
    duties = forms.CharField(
        label="담당 업무",
        help_text="업무 하나를 한 줄에 적습니다. 사무분장표에 이대로 나옵니다.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    phone = forms.CharField(
        label="전화", help_text="예: 055-940-0000", widget=forms.TextInput({"inputmode": "tel"})
    )
    on = DateField(
        label="언제부터", help_text="이 날부터 바뀝니다. 그 전의 내용은 이력으로 남습니다."
    )


class CloseForm(DemandingForm, ReasonForm):
    """From which day the post is no more, and why."""

    needed = ("on", "reason")
    demanded = {
        "on": "언제부터인지 날짜를 적어 주세요.",
        "reason": "사유를 적어 주세요. 기록에 남습니다.",
    }
    field_order = ("on", "reason")

    on = DateField(label="언제부터", help_text="이 날부터 자리가 없습니다.")


class UnitDetailsForm(StaffForm):
    """How a unit is reached, and where it stands among its neighbours."""

    phone = forms.CharField(label="대표 전화", help_text="예: 055-940-0000")
    position = Number(label="직제 순서", help_text="같은 상위 부서 안에서 작은 수가 먼저 나옵니다.")


def _day(request: MokminRequest) -> date:
    """The day that is looked at, for what is not there today; what is past is not changed."""
    return max(days.shown(request).on, days.today())


def _card(request: MokminRequest, uid: str) -> PostCard:
    card = queries_posts.post_card(uid, AsOf(_day(request)))
    if card is None:
        raise Http404
    return card


def _place(request: MokminRequest, uid: str) -> UnitPlace:
    found = queries_posts.unit_place(uid, AsOf(_day(request)))
    if found is None:
        raise Http404
    return found


def _back(card: PostCard) -> str:
    return reverse("console:organisation-post", args=[card.row.uid])


def _unit_url(uid: str, on: date) -> str:
    """The page of the unit on a day that is still to come; else of today."""
    asked = days.asked_for(on, days.today())
    return f"{reverse('console:organisation-unit', args=[uid])}{asked}"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_change_organisation)
def new(request: MokminRequest, uid: str) -> HttpResponse:
    """One post more in this unit (정원 신설)."""
    unit = _place(request, uid)
    initial = {"rank": PostRank.OFFICER, "on": _day(request)}
    form = flow.form_of(request, PostForm, initial=initial)

    def add(values: dict[str, Any]) -> str:
        given = {name: values[name] for name in WHAT}
        made = actions_posts.add_post(
            NewPost(f"post-{new_uid()}", uid, **{**given, "rank": PostRank(given["rank"])}),
            on=values["on"],
            reason=values["reason"],
            actor=request.actor,
            at=timezone.now(),
        )
        messages.success(request, "자리를 늘렸습니다.")
        return f"{_unit_url(uid, values['on'])}#post-{made.uid}"

    def page() -> HttpResponse:
        context = {"form": form, "unit": unit, "back": _unit_url(uid, _day(request))}
        return TemplateResponse(request, "console/organisation/post_new.html", context)

    return flow.answer(request, form, do=add, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_change_organisation)
def change(request: MokminRequest, uid: str) -> HttpResponse:
    """Other duties or another title from a day on (사무분장 변경)."""
    card = _card(request, uid)
    row = card.row
    initial = {**{name: getattr(row, name) for name in WHAT}, "on": _day(request)}
    form = flow.form_of(request, PostForm, initial=initial)

    def write(values: dict[str, Any]) -> str:
        is_new = actions_posts.change_post(
            card.post,
            {name: values[name] for name in WHAT},
            on=values["on"],
            reason=values["reason"],
            actor=request.actor,
            at=timezone.now(),
        )
        messages.success(request, "자리를 고쳤습니다." if is_new else "바뀐 내용이 없습니다.")
        return _back(card)

    def page() -> HttpResponse:
        note_personal(request, Handling.VIEW, PAGE, subjects=posts.people_of([row]))
        context = {"form": form, "card": card, "holders": posts.holders(row), "back": _back(card)}
        return TemplateResponse(request, "console/organisation/post_change.html", context)

    return flow.answer(request, form, do=write, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_change_organisation)
def close(request: MokminRequest, uid: str) -> HttpResponse:
    """The post ends (정원 폐지); refused while somebody holds it."""
    card = _card(request, uid)
    form = flow.form_of(request, CloseForm, initial={"on": _day(request)})

    def end(values: dict[str, Any]) -> str:
        about = {"reason": values["reason"], "actor": request.actor, "at": timezone.now()}
        try:
            actions_posts.close_post(card.post, on=values["on"], **about)
        except Denied as denied:
            raise Invalid({"on": denied.reason}) from denied
        messages.success(request, "자리를 없앴습니다.")
        return _unit_url(card.unit.uid, values["on"])

    def page() -> HttpResponse:
        note_personal(request, Handling.VIEW, PAGE, subjects=posts.people_of([card.row]))
        holders = posts.holders(card.row) if card.row.holdings else ""
        context = {"form": form, "card": card, "holders": holders, "back": _back(card)}
        return TemplateResponse(request, "console/organisation/post_close.html", context)

    return flow.answer(request, form, do=end, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_change_organisation)
def take_back(request: MokminRequest, uid: str, day: str) -> HttpResponse:
    """What was entered of a post for a day that has not come is taken back, for a reason."""
    story = queries_posts.post_story(uid)
    if story is None:
        raise Http404
    coming = next((each for each in post.coming(story) if each.on.isoformat() == day), None)
    form = flow.form_of(request, ReasonForm)
    back = reverse("console:organisation-post", args=[uid])

    def undo(values: dict[str, Any]) -> str:
        if coming is None:
            raise Invalid({"on": NOTHING_COMES})
        about = {"reason": values["reason"], "actor": request.actor, "at": timezone.now()}
        try:
            actions_posts.take_back_post(story.post, on=coming.on, **about)
        except Denied as denied:
            raise Invalid({"on": denied.reason}) from denied
        messages.success(request, f"{date_text(coming.on)}에 바뀌기로 한 것을 취소했습니다.")
        return back

    def page() -> HttpResponse:
        why_not = (post.why_not_take_back(coming) if coming else NOTHING_COMES) or ""
        context = {"form": form, "coming": coming, "why_not": why_not, "back": back}
        context["name"] = story.on(days.today()).title
        return TemplateResponse(request, "console/organisation/post_take_back.html", context)

    return flow.answer(request, form, do=undo, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(queries.why_not_change_organisation)
def unit_details(request: MokminRequest, uid: str) -> HttpResponse:
    """How the unit is reached; its name and place change by a reorganisation."""
    unit = _place(request, uid)
    initial = {"phone": unit.phone, "position": unit.position}
    form = flow.form_of(request, UnitDetailsForm, initial=initial)

    def write(values: dict[str, Any]) -> str:
        actions_posts.change_unit(unit.unit, **values, actor=request.actor, at=timezone.now())
        messages.success(request, "부서 정보를 고쳤습니다.")
        return _unit_url(uid, _day(request))

    def page() -> HttpResponse:
        context = {"form": form, "unit": unit, "back": _unit_url(uid, _day(request))}
        return TemplateResponse(request, "console/organisation/unit_details.html", context)

    return flow.answer(request, form, do=write, page=page)
