"""Forms from request to answer: refusals, drafts, and what a draft never holds."""

from datetime import date, timedelta

import pytest
from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from mokmin.foundation.access.models import Settings
from mokmin.foundation.access.states import Role
from mokmin.foundation.people.models import Draft
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act, Change
from mokmin.surfaces.kit.forms import kept
from mokmin.surfaces.kit.forms.base import StaffForm
from tests import seed
from tests.surfaces.console import pages
from tests.surfaces.kit import stage

URL = "/staff/gallery/form/"
HTMX = {"HX-Request": "true"}
GOOD = {"title": "군민의 날 행사", "on": "2026-10-01", "kind": "event"}


@pytest.fixture
def keeper_desk(desk):
    return desk(Role.ADMINISTRATOR)


def keep(client, *, base="", how="keep", **values):
    """As the page keeps a draft by itself."""
    return client.post(URL, {**values, "_draft": base}, headers={"X-Mokmin-Draft": how})


def drafts(slug="a"):
    with tenant(seed.tenant_of(slug).pk):
        return list(Draft.objects.order_by("id"))


def trail_length(slug="a"):
    with tenant(seed.tenant_of(slug).pk):
        return Act.objects.count(), Change.objects.count()


def test_what_is_wrong_is_told_at_every_field_with_the_form_as_it_was_sent(keeper_desk):
    response = keeper_desk.post(URL, {"title": "", "on": "2026. 13. 1.", "text": "쓰던 글"})

    assert response.status_code == 422
    assert pages.errors(response) == {
        "on": "‘2026. 13. 1.’은 달력에 없는 날짜입니다.",
    }
    assert response.context["form"]["text"].value() == "쓰던 글"


def test_a_date_may_be_written_by_hand(keeper_desk):
    response = keeper_desk.post(URL, {**GOOD, "on": "2026. 10. 1."})

    assert response.status_code == 303


def test_a_form_that_was_taken_leads_on(keeper_desk):
    response = keeper_desk.post(URL, GOOD)

    assert (response.status_code, response["Location"]) == (303, URL)


def test_htmx_is_told_where_to_go_on_instead_of_going_there_itself(keeper_desk):
    response = keeper_desk.post(URL, GOOD, headers=HTMX)

    assert (response.status_code, response["HX-Redirect"]) == (204, URL)
    assert response.content == b""
    assert "Location" not in response.headers


def test_who_is_not_signed_in_any_more_is_not_led_away_from_what_was_typed(client_a):
    response = client_a.post(URL, GOOD, headers=HTMX)

    assert response.status_code == 401
    assert "HX-Redirect" not in response.headers
    assert "적은 내용은 이 창에 그대로 있으니" in response.content.decode()


def test_a_draft_comes_back_with_the_hour_it_was_kept(keeper_desk):
    keep(keeper_desk, title="군민의 날", on="", kind="meeting", ways=["mail", "notice"], count="12")

    form = keeper_desk.get(URL).context["form"]

    shown = {name: form[name].value() for name in ("title", "kind", "ways", "count", "is_open")}
    assert shown == {
        "title": "군민의 날",
        "kind": "meeting",
        "ways": ["mail", "notice"],
        "count": "12",
        "is_open": False,
    }
    assert form.errors == {}
    assert form.base == drafts()[0].kept_at.isoformat()


def test_the_page_says_since_when_it_shows_what_was_begun(keeper_desk):
    keep(keeper_desk, title="군민의 날")
    [draft] = drafts()
    kept_at = timezone.localtime(draft.kept_at)

    text = pages.text(keeper_desk.get(URL))

    said = f"{kept_at.month}월 {kept_at.day}일 {kept_at:%H:%M}에 적던 내용을 불러왔습니다."
    assert said in text


def test_keeping_answers_with_what_the_next_keeping_rests_on(keeper_desk):
    first = keep(keeper_desk, title="하나").json()

    second = keep(keeper_desk, base=first["base"], title="둘").json()

    [draft] = drafts()
    assert draft.values["data"]["title"] == ["둘"]
    assert draft.kept_at.isoformat() == second["base"]
    assert 30 * 60 - 5 <= second["seconds"] <= 30 * 60


def test_keeping_leaves_nothing_in_the_trail_and_takes_no_action(keeper_desk):
    before = trail_length()

    response = keep(keeper_desk, **GOOD)

    assert response.status_code == 200
    assert trail_length() == before


def test_a_draft_holds_no_secret_no_token_and_nothing_that_the_form_does_not_ask(keeper_desk):
    keep(
        keeper_desk,
        title="제목\0",
        secret="비밀",
        csrfmiddlewaretoken="x",
        stray="딴 것",
        _draft="",
        **{"title-stray": "딴 것", "title-\0": "딴 것"},
    )

    [draft] = drafts()
    assert draft.values["data"] == {"title": ["제목"]}
    assert "secret" not in draft.values["fields"]


def test_the_second_of_two_windows_is_told(keeper_desk):
    keep(keeper_desk, title="첫 창")

    response = keep(keeper_desk, title="둘째 창")

    assert response.status_code == 409
    assert response.json()["reason"].endswith("에 적은 내용이 이미 임시 저장되어 있습니다.")
    assert response.json()["kind"] == "conflict"
    assert drafts()[0].values["data"]["title"] == ["첫 창"]


class NoteForm(StaffForm):
    has_draft = True

    text = forms.CharField(label="내용")


def restored(first, now):
    """A form that was begun over `first`, opened again over `now`."""
    page = NoteForm(initial=first)
    sent = NoteForm(QueryDict(f"text=new&_rests={page.rests}"), initial=now)
    form = NoteForm(initial=now)
    form.kept = kept.read(Draft(values=sent.writing().as_json(), kept_at=seed.AT))
    return form


@pytest.mark.parametrize(
    ("first", "now", "is_overtaken"),
    [
        ({"text": "old"}, {"text": "old"}, False),
        ({"text": "old"}, {"text": "written by somebody else"}, True),
        ({"on": date(2026, 7, 1)}, {"on": date(2026, 7, 2)}, False),
    ],
)
@pytest.mark.usefixtures("in_a")
def test_a_draft_tells_that_what_it_writes_over_has_changed(first, now, is_overtaken):
    form = restored(first, now)

    html = stage.render('<c-form :form="form" />', form=form)
    assert ("그 사이에 원래 내용이 바뀌었습니다." in html) == form.is_overtaken == is_overtaken
    assert f'name="_rests" value="{kept.mark_of(first)}"' in html


def test_the_second_window_may_take_over(keeper_desk):
    keep(keeper_desk, title="첫 창")

    response = keep(keeper_desk, how="over", title="둘째 창")

    assert response.status_code == 200
    assert drafts()[0].values["data"]["title"] == ["둘째 창"]


def test_a_page_of_somebody_else_keeps_nothing_in_my_name(keeper_desk):
    headers = {"X-Mokmin-Draft": "keep", "X-Mokmin-Who": pages.uid_of(Role.OFFICER)}

    response = keeper_desk.post(URL, {"title": "남의 글", "_draft": ""}, headers=headers)

    assert (response.status_code, response.json()) == (
        409,
        {"reason": "다른 사람으로 로그인되어 있어 임시 저장하지 않았습니다.", "kind": "refused"},
    )
    assert drafts() == []


def test_keeping_after_the_session_is_over_is_answered_clearly(client_a):
    response = keep(client_a, title="늦은 글")

    assert response.status_code == 401
    assert "로그인 시간이 끝나 처리하지 않았습니다." in response.content.decode()


def test_a_draft_is_gone_once_its_form_was_taken(keeper_desk):
    keep(keeper_desk, title="군민의 날")

    keeper_desk.post(URL, GOOD)

    assert drafts() == []
    assert keeper_desk.get(URL).context["form"].kept is None


def test_a_draft_outlives_a_refusal(keeper_desk):
    keep(keeper_desk, title="군민의 날")

    keeper_desk.post(URL, {**GOOD, "title": ""})

    assert drafts()[0].values["data"]["title"] == ["군민의 날"]


def test_a_draft_is_thrown_away_on_request(keeper_desk):
    keep(keeper_desk, title="군민의 날")

    response = keeper_desk.post(URL, {"title": "군민의 날", "_discard": "1"}, follow=True)

    assert drafts() == []
    assert "적던 내용을 지웠습니다." in pages.text(response)
    assert response.context["form"]["title"].value() is None


def test_without_a_script_a_button_keeps_the_draft(keeper_desk):
    response = keeper_desk.post(
        URL, {"title": "군민의 날", "_draft": "", "_keep": "1"}, follow=True
    )

    assert response.redirect_chain == [(URL, 303)]
    assert "에 임시 저장했습니다." in pages.text(response)
    assert response.context["form"]["title"].value() == "군민의 날"


def test_without_a_script_the_second_window_is_told_and_may_press_again(keeper_desk):
    keep(keeper_desk, title="첫 창")
    sent = {"title": "둘째 창", "_draft": "", "_keep": "1"}

    told = keeper_desk.post(URL, sent)
    form = told.context["form"]
    again = keeper_desk.post(URL, {**sent, "_draft": form.base})

    assert told.status_code == 422
    assert form.errors == {}
    assert form.told.endswith(
        "이미 임시 저장되어 있습니다. 다시 누르면 이 화면의 내용으로 바꿉니다."
    )
    assert form["title"].value() == "둘째 창"
    assert again.status_code == 303
    assert drafts()[0].values["data"]["title"] == ["둘째 창"]


@pytest.mark.parametrize("values", [{}, [], {"fields": 3, "data": {}}, {"fields": [], "data": 3}])
def test_a_draft_of_another_version_is_not_read(keeper_desk, values):
    keep(keeper_desk, title="군민의 날")
    with tenant(seed.tenant_of("a").pk):
        Draft.objects.update(values=values)

    response = keeper_desk.get(URL)

    assert response.status_code == 200
    assert response.context["form"]["title"].value() is None


def test_values_that_no_longer_fit_give_way_to_what_the_form_begins_with(keeper_desk):
    keep(keeper_desk, title="군민의 날", kind="abolished")

    form = keeper_desk.get(URL).context["form"]

    assert form["kind"].value() is None
    assert form["title"].value() == "군민의 날"


def test_a_broken_base_is_no_base(keeper_desk):
    response = keep(keeper_desk, base="어제", title="군민의 날")

    assert response.status_code == 200


def test_a_draft_is_not_shown_to_the_next_person_at_the_same_page(keeper_desk, desk, in_a):
    keep(keeper_desk, title="군민의 날")
    Draft.objects.update(person=seed.person_of(Role.OFFICER))

    form = keeper_desk.get(URL).context["form"]

    assert (form.kept, form["title"].value()) == (None, None)


def test_a_draft_of_one_municipality_is_not_shown_in_another(keeper_desk, signed_in, tenant_b):
    keep(keeper_desk, title="가람의 글")
    stranger = signed_in(Role.ADMINISTRATOR, "b")
    with tenant(tenant_b.pk):
        Settings.objects.update(mfa_roles=[])

    response = stranger.get(URL)

    assert response.status_code == 200
    assert response.context["form"].kept is None
    assert drafts("b") == []


def test_old_drafts_are_still_shown_until_the_night_takes_them(keeper_desk):
    keep(keeper_desk, title="오래된 글")
    with tenant(seed.tenant_of("a").pk):
        Draft.objects.update(kept_at=timezone.now() - timedelta(days=29))

    assert keeper_desk.get(URL).context["form"]["title"].value() == "오래된 글"


def test_the_sample_is_for_administrators(desk):
    assert desk(Role.OFFICER).get(URL).status_code == 403
    assert reverse("console:sample-form") == URL
