"""The parts: what they say to eyes and to screen readers, and that text stays text."""

import re
from datetime import UTC, datetime

import pytest
from django import forms
from django.http import QueryDict

from mokmin.surfaces.kit import pager, rows
from tests.surfaces.kit.stage import render

EVIL = "<img src=x>\"'&"
SAFE = "&lt;img src=x&gt;&quot;&#x27;&amp;"


class Sample(forms.Form):
    """One field of each kind."""

    email = forms.EmailField(label="전자우편", help_text="기관 주소를 적어 주세요.")
    secret = forms.CharField(label="비밀번호", widget=forms.PasswordInput)
    agreed = forms.BooleanField(label="동의합니다")
    kind = forms.ChoiceField(
        label="종류", choices=[("a", "군"), ("b", "시")], widget=forms.RadioSelect
    )
    roles = forms.MultipleChoiceField(
        label="역할", choices=[("x", "감사")], widget=forms.CheckboxSelectMultiple, help_text="여럿"
    )
    page = forms.CharField(widget=forms.HiddenInput, required=False)


def attributes(html, pattern):
    """Attributes of the first tag that matches."""
    tag = re.search(pattern, html)
    assert tag, html
    return dict(re.findall(r'([\w-]+)="([^"]*)"', tag[0]))


def test_a_field_ties_label_hint_and_error_to_its_control():
    html = render('<c-field :field="form.email" />', form=Sample(QueryDict("email=no")))

    control = attributes(html, r"<input[^>]*>")
    ids = set(re.findall(r'id="([^"]+)"', html))
    assert control["aria-describedby"].split() == ["id_email_helptext", "id_email_error"]
    assert control["aria-invalid"] == "true"
    assert {"id_email_helptext", "id_email_error"} <= ids
    assert '<label for="id_email">전자우편</label><span class="mk-required">필수</span>' in html


def test_a_password_can_be_shown():
    html = render('<c-field :field="form.secret" />', form=Sample())

    assert attributes(html, r"<button[^>]*>")["data-reveal"] == "id_secret"
    assert '<span class="mk-sr">비밀번호 </span><span data-reveal-word>보기</span>' in html


@pytest.mark.parametrize(("name", "legend"), [("kind", "종류"), ("roles", "역할")])
def test_groups_of_choices_have_a_legend(name, legend):
    html = render('<c-field :field="field" />', field=Sample()[name])

    assert re.search(r"<fieldset.*?<legend class=\"mk-label\">(\w+)", html)[1] == legend
    assert html.count("<input") == html.count("<label")


def test_one_checkbox_stands_before_its_label():
    html = render('<c-field :field="form.agreed" />', form=Sample())

    assert html.index("<input") < html.index("동의합니다")
    assert attributes(html, r"<label[^>]*>")["for"] == "id_agreed"


def test_a_hidden_field_is_only_its_input():
    html = render('<c-field :field="form.page" />', form=Sample())

    assert html == '<input type="hidden" name="page" id="id_page">'


def test_a_form_lists_every_wrong_field_at_its_head():
    form = Sample(QueryDict("email=no"))

    html = render('<c-form :form="form" submit="보내기" cancel="/back/" />', form=form)

    links = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', html)
    assert [label for _, label in links] == ["전자우편", "비밀번호", "동의합니다", "종류", "역할"]
    assert {target for target, _ in links} <= set(re.findall(r'id="([^"]+)"', html))
    assert "csrfmiddlewaretoken" in html


@pytest.mark.parametrize(
    "source",
    [
        '<c-alert title="{{ evil }}">{{ evil }}</c-alert>',
        '<c-card title="{{ evil }}" note="{{ evil }}">{{ evil }}</c-card>',
        '<c-kpi label="{{ evil }}" value="{{ evil }}" note="{{ evil }}" />',
        '<c-status tone="ok" word="{{ evil }}" />',
        '<c-status tone="ok" :word="evil" />',
        '<c-empty title="{{ evil }}">{{ evil }}</c-empty>',
        '<c-button href="{{ evil }}" why="">{{ evil }}</c-button>',
        '<c-button why="{{ evil }}">글</c-button>',
        '<c-dl-meta :items="pairs" />',
        '<c-diff :changes="changes" />',
        '<c-timeline :events="events" />',
        '<c-table caption="{{ evil }}" :columns="columns" :rows="rows" summary="{{ evil }}" />',
        '<c-table caption="표" :rows="none" empty="{{ evil }}" />',
        '<c-progress label="{{ evil }}" :percent="3" />',
        '<c-confirm title="{{ evil }}" cancel="{{ evil }}">{{ evil }}</c-confirm>',
        '<c-recovery-codes :codes="codes" />',
        '<c-totp-setup src="{{ evil }}" secret="{{ evil }}" />',
        '<c-page-foot unit="{{ evil }}" phone="{{ evil }}" />',
        '<c-field label="{{ evil }}" for="a" hint="{{ evil }}" error="{{ evil }}"></c-field>',
        '<c-print-button log="{{ evil }}" label="{{ evil }}" />',
        '<c-help-tip label="{{ evil }}">{{ evil }}</c-help-tip>',
        '<c-crumb href="{{ evil }}">{{ evil }}</c-crumb>',
    ],
)
def test_what_people_wrote_stays_text(source):
    columns = (rows.Column(EVIL, names_row=True), rows.Column(EVIL))

    html = render(
        source,
        evil=EVIL,
        pairs=[(EVIL, EVIL)],
        changes=[rows.Difference(EVIL, EVIL, EVIL)],
        events=[rows.Event(datetime(2026, 7, 1, tzinfo=UTC), EVIL, EVIL, EVIL, EVIL)],
        columns=columns,
        rows=[rows.tr(columns, (rows.link(EVIL, EVIL, note=EVIL), rows.text(EVIL)))],
        none=[],
        codes=[EVIL],
    )

    assert "<img src=x" not in html
    assert "&lt;img" in html


def test_a_table_has_caption_scopes_and_a_region_that_scrolls_by_keyboard():
    columns = (rows.Column("이름", names_row=True), rows.Column("나이", "number"))
    lines = [rows.tr(columns, ("김서윤", rows.number(1234)))]

    html = render(
        '<c-table caption="명단" :columns="columns" :rows="rows" />', columns=columns, rows=lines
    )

    region = attributes(html, r"<div class=\"mk-table-scroll\"[^>]*>")
    assert (region["role"], region["aria-label"], region["tabindex"]) == ("region", "명단", "0")
    assert '<caption class="mk-sr">명단</caption>' in html
    assert html.count('scope="col"') == 2
    assert '<th scope="row">김서윤</th><td class="is-number" data-label="나이">' in html


def test_an_empty_table_says_so_instead():
    html = render('<c-table caption="명단" :rows="rows" empty="아직 없습니다." />', rows=[])

    assert "<table" not in html
    assert "<strong>아직 없습니다.</strong>" in html


def test_a_button_that_may_not_be_pressed_tells_why():
    html = render(
        '<c-button href="/x/" kind="danger" why="{{ why }}">닫기</c-button>',
        why="지금은 안 됩니다.",
    )

    assert html == (
        '<button class="mk-btn mk-btn--danger" type="button" disabled>닫기</button>'
        '<span class="mk-btn-note">지금은 안 됩니다.</span>'
    )


def test_a_difference_marks_what_was_empty():
    html = render('<c-diff :changes="changes" />', changes=[rows.Difference("전화", "", "055")])

    assert re.findall(r"<td[^>]*><div>(.*?)</div>", html) == [
        '<span class="mk-sub">(비어 있음)</span>',
        "<ins>055</ins>",
    ]


def test_progress_is_a_picture_with_its_sentence_and_no_style():
    html = render('<c-progress label="백업 확인" :percent="60" tone="ok" />')

    assert attributes(html, r"<svg[^>]*>") == {"role": "img", "aria-label": "백업 확인 60%"}
    assert attributes(html, r'<rect class="mk-progress-bar"[^>]*>')["width"] == "60%"


def test_the_pager_shows_only_the_ways_there_are():
    both = pager.pager(QueryDict("word=a&after=9"), next_key="19")
    none = pager.pager(QueryDict("word=a"))

    shown = render('<c-pager :pager="pager" />', pager=both)

    assert re.findall(r'href="([^"]+)"', shown) == ["?word=a", "?word=a&amp;after=19"]
    assert render('<c-pager :pager="pager" />', pager=none) == ""


def test_a_confirmation_posts_to_its_own_page():
    html = render(
        '<c-confirm title="닫을까요?" submit="닫기" cancel="/back/">끝입니다.</c-confirm>'
    )

    assert attributes(html, r"<form[^>]*>")["action"] == "/staff/"
    assert "csrfmiddlewaretoken" in html
    assert attributes(html, r"<a [^>]*>")["href"] == "/back/"


def test_the_key_of_the_second_factor_is_read_in_fours_and_copied_whole():
    html = render('<c-totp-setup src="data:image/svg+xml,x" secret="ABCDEFGHIJ" />')

    assert attributes(html, r"<output[^>]*>")["data-value"] == "ABCDEFGHIJ"
    assert ">ABCD EFGH IJ</output>" in html


def test_the_page_foot_is_left_out_when_there_is_nothing_to_say():
    assert render("<c-page-foot />") == ""
    assert "055-940-0000" in render('<c-page-foot phone="055-940-0000" />')
