"""Rows, icons and addresses of lists."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict

from mokmin.surfaces.kit import icons, pager, rows, tones
from mokmin.surfaces.kit.rows import Column

LONG_WORD = "가" * 13 + "<" + "나" * 20


def test_an_endless_word_can_be_broken_and_others_stay_whole():
    assert rows.text("administrator@garam.example 담당") == "administrator@garam.example 담당"
    assert rows.text(f"앞 {LONG_WORD}") == (f"앞 {'가' * 12}<wbr>가&lt;{'나' * 10}<wbr>{'나' * 10}")


def test_a_row_names_itself_and_labels_its_cells():
    columns = (
        Column("이름", names_row=True),
        Column("접속", "date"),
        Column("할 일", "action", hides_title=True),
    )

    row = rows.tr(
        columns, (rows.link("김서윤", "/x/", note="담당"), rows.day(date(2026, 7, 1)), "닫기")
    )

    assert row == (
        '<tr><th scope="row"><a href="/x/">김서윤</a><span class="mk-cell-note">담당</span></th>'
        '<td class="is-date" data-label="접속"><div>'
        '<time datetime="2026-07-01">2026. 7. 1.</time></div></td>'
        '<td class="is-action"><div>닫기</div></td></tr>'
    )


def test_a_row_with_too_few_cells_is_a_bug():
    with pytest.raises(ValueError, match="shorter"):
        rows.tr((Column("하나"), Column("둘")), ("1",))


def test_plain_strings_are_escaped():
    assert rows.tr((Column("글"),), ("<b>",)) == (
        '<tr><td data-label="글"><div>&lt;b&gt;</div></td></tr>'
    )


def test_instants_are_told_by_the_clock_of_seoul():
    at = datetime(2026, 6, 30, 15, 5, tzinfo=UTC)

    assert rows.moment(at) == '<time datetime="2026-07-01T00:05:00+09:00">2026. 7. 1. 00:05</time>'


def test_what_is_missing_is_said():
    assert {rows.text(""), rows.day(None), rows.moment(None)} == {
        '<span class="mk-sub">없음</span>'
    }


def test_numbers_have_separators():
    assert rows.number(1234567, "건") == "1,234,567건"


@pytest.mark.parametrize("tone", tones.SHAPES)
def test_every_tone_has_a_shape_an_icon_and_its_word(tone):
    assert tones.status(tone, "잠김") == (
        f'<span class="mk-status mk-tone-{tone}">{tones.shape(tone)}잠김</span>'
    )
    assert tones.ALERT_ICONS[tone] in icons.ICONS


def test_no_two_tones_look_the_same_without_colour():
    assert len(set(tones.SHAPES.values())) == len(tones.SHAPES)


@pytest.mark.parametrize("name", icons.ICONS)
def test_icons_are_for_sight_only(name):
    assert icons.icon(name).startswith(
        '<svg class="mk-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M'
    )


def test_an_icon_that_is_not_drawn_is_a_bug():
    with pytest.raises(KeyError):
        icons.icon("unicorn")


def test_the_first_page_has_no_way_back():
    assert pager.pager(QueryDict("word=가"), next_key="9") == pager.Pager(
        first_url="", next_url="?word=%EA%B0%80&after=9"
    )


def test_the_last_page_leads_back_to_the_first_with_its_filters():
    assert pager.pager(QueryDict("after=9&role=a&role=b")) == pager.Pager(
        first_url="?role=a&role=b", next_url=""
    )
