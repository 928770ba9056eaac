"""Charts: what they say, where they draw, and that nothing in them can be more than text."""

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from mokmin.surfaces.kit.charts import (
    Bar,
    Columns,
    Donut,
    Gantt,
    Heat,
    Line,
    Series,
    Slice,
    Stacked,
    figure,
    progress,
)
from mokmin.surfaces.kit.charts.scale import scale
from mokmin.surfaces.kit.gallery.charts import ALL, NOTHING
from tests.surfaces.kit.stage import render

TODAY = date(2026, 9, 30)
EVIL = "<script>\"'&"
DRAWN = [chart for chart in ALL if not chart.is_empty]


def parsed(chart):
    """The figure as a tree; markup that is not well formed fails here."""
    return ElementTree.fromstring(str(figure(chart)))


def sentence(chart):
    """What a screen reader says."""
    return parsed(chart).find(".//*[@role='img']").get("aria-label")


def table(chart):
    """Headings and rows of 표로 보기."""
    root = parsed(chart)
    rows = [["".join(cell.itertext()) for cell in row] for row in root.findall(".//tr")]
    return rows[0], rows[1:]


def boxes(chart, style="mk-seg"):
    """Left edge and width of what is drawn, in percent."""
    found = parsed(chart).findall(f".//div[@role='img']//rect[@class='{style}']")
    drawn = [each for each in found if each.get("x")]
    return [(each.get("x"), each.get("width")) for each in drawn]


def words(chart):
    """What is written in the drawing."""
    return ["".join(text.itertext()) for text in parsed(chart).findall(".//text")]


COUNTS = Stacked(
    "담당별 상태",
    ("홍보", "재정"),
    (Series("완료", (1, 0), "done"), Series("지연", (3, 2), "late")),
)


def test_a_stacked_bar_says_every_number_in_a_sentence():
    assert sentence(COUNTS) == (
        "담당별 상태: 홍보 4건(완료 1건, 지연 3건), 재정 2건(지연 2건). "
        "모두 6건(완료 1건, 지연 5건)입니다."
    )
    assert table(COUNTS) == (
        ["구분", "완료", "지연", "계"],
        [["홍보", "1", "3", "4"], ["재정", "0", "2", "2"]],
    )


def test_a_stacked_bar_fills_the_width_with_its_longest_row():
    assert boxes(COUNTS) == [("0%", "25%"), ("25%", "75%"), ("0%", "50%")]
    assert words(COUNTS) == ["1", "3", "2"]


def test_a_piece_too_short_for_its_number_has_it_beside_the_bar():
    chart = Stacked("긴 줄", ("가",), (Series("완료", (1,), "done"), Series("정상", (99,), "ok")))

    assert words(chart) == ["99"]
    assert parsed(chart).find(".//span[@class='mk-chart-rest']").text == "완료 1건"


def test_columns_stand_on_zero_and_fall_below_it():
    chart = Columns("증감", ("상반기", "하반기"), (100, -50), "명")
    zero = parsed(chart).find(".//line[@class='mk-chart-zero']").get("y1")

    tops = [
        (float((rect.get("y") or "0%")[:-1]), float(rect.get("height")[:-1]))
        for rect in parsed(chart).findall(".//rect[@class='mk-seg']")
    ]

    assert sentence(chart) == "증감: 상반기 100명, 하반기 -50명입니다."
    assert sum(tops[0]) == pytest.approx(float(zero[:-1]), abs=0.11)
    assert tops[1][0] == float(zero[:-1])
    assert tops[0][1] == pytest.approx(2 * tops[1][1], abs=0.2)


def test_columns_without_a_value_show_a_dash_and_say_so():
    chart = Columns("예산", ("2025년", "2026년"), (None, 7), "억 원")

    assert sentence(chart) == "예산: 2025년 자료 없음, 2026년 7억 원입니다."
    assert words(chart) == ["–", "7"]
    assert table(chart) == (["구분", "값(억 원)"], [["2025년", "–"], ["2026년", "7"]])


@pytest.mark.parametrize(
    "labels", [tuple(map(str, range(25))), ("아주 긴 이름을 가진 사업 하나와 둘",)]
)
def test_many_or_long_named_columns_lie_down(labels):
    chart = Columns("많음", labels, (5,) * len(labels), "건")

    assert boxes(chart) == [("0%", "100%")] * len(labels)
    assert len(parsed(chart).findall(".//span[@class='mk-chart-label']")) == len(labels)


def test_lying_columns_have_their_zero_where_negative_ones_need_it():
    chart = Columns("긴 이름의 증감을 보여 주는 그림입니다", ("가" * 17, "나"), (30, -10), "건")

    assert boxes(chart) == [("25%", "75%"), ("0%", "25%")]
    assert parsed(chart).find(".//line").get("x1") == "25%"


def test_a_line_leaves_a_gap_where_there_is_no_value():
    chart = Line(
        "실적", ("1월", "2월", "3월", "4월"), (Series("처리", (1, 2, None, 4)),), unit="건"
    )

    strokes = parsed(chart).findall(".//g[@class='mk-chart-line mk-tone-main']/line")

    assert [(line.get("x1"), line.get("x2")) for line in strokes] == [("12.5%", "37.5%")]
    assert sentence(chart) == "실적: 처리: 1월 1건, 2월 2건, 3월 자료 없음, 4월 4건입니다."


def test_an_axis_that_does_not_start_at_zero_says_so():
    chart = Line("예산", ("가", "나"), (Series("목표", (7000, 9000)),), from_zero=False)

    assert parsed(chart).find("figcaption").text == "세로축은 0에서 시작하지 않습니다."


def test_more_lines_than_there_are_points_are_refused():
    with pytest.raises(ValueError, match="told apart"):
        Line("너무 많음", ("가",), tuple(Series(str(each), (1,)) for each in range(5)))


def test_a_ring_tells_each_part_and_its_share():
    chart = Donut(
        "공약",
        (Slice("완료", 1, "done"), Slice("정상", 3, "ok")),
        middle="25%",
        middle_note="완료율",
    )

    arcs = parsed(chart).findall(".//circle[@pathLength]")

    assert sentence(chart) == "공약: 완료율 25%. 완료 1건(25%), 정상 3건(75%). 모두 4건입니다."
    assert [arc.get("stroke-dasharray") for arc in arcs] == ["24.40 75.60", "74.40 25.60"]
    assert [arc.get("stroke-dashoffset") for arc in arcs] == ["0.00", "-25.00"]


def test_a_share_too_small_to_print_is_not_called_nothing():
    assert table(Donut("돈", (Slice("가", 1), Slice("나", 9999))))[1][0] == ["가", "1", "0.1% 미만"]


def test_what_is_missing_from_the_whole_stays_open():
    chart = Donut("확보", (Slice("국비", 30),), whole=120)

    assert table(chart)[1] == [["국비", "30", "25%"]]
    with pytest.raises(ValueError, match="more than its whole"):
        Donut("확보", (Slice("국비", 130),), whole=120)


def test_a_plan_shows_what_is_done_and_where_today_is():
    chart = Gantt(
        "일정", (Bar("공사", date(2026, 1, 1), date(2026, 12, 31), "ok", 50, "정상"),), TODAY
    )
    today = parsed(chart).find(".//line[@class='mk-chart-today']").get("x1")

    assert boxes(chart) == [("0%", "50%")]
    assert boxes(chart, "mk-chart-track") == [("0%", "100%")]
    assert today == f"{100 * 272 / 365:.1f}%"
    assert sentence(chart) == "일정: 공사 2026. 1. 1.~12. 31.(정상 50%). 오늘은 2026. 9. 30.입니다."
    assert table(chart) == (
        ["일정", "시작", "끝", "상태"],
        [["공사", "2026. 1. 1.", "2026. 12. 31.", "정상 50%"]],
    )


def test_a_bar_may_end_with_the_last_day_there_is():
    chart = Gantt("일정", (Bar("운영", date(9999, 11, 1), date.max),), TODAY)

    assert table(chart)[1] == [["운영", "9999. 11. 1.", "9999. 12. 31.", "없음"]]
    assert words(chart) == ["9999. 11."]


def test_a_plan_without_end_goes_on_and_one_that_is_over_has_no_line_of_today():
    going = Gantt("일정", (Bar("운영", date(2026, 9, 1), None),), TODAY)
    over = Gantt("일정", (Bar("운영", date(2020, 1, 1), date(2020, 3, 1)),), TODAY)

    assert table(going)[1] == [["운영", "2026. 9. 1.", "계속", "없음"]]
    assert parsed(over).find(".//line[@class='mk-chart-today']") is None
    assert parsed(over).find("figcaption").text == (
        "2020. 1. 1.~3. 31. 오늘(2026. 9. 30.)은 이 기간 밖에 있습니다."
    )


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        (date(2026, 9, 3), date(2026, 9, 24), ["2026. 9."]),
        (date(2026, 1, 1), date(2026, 12, 31), ["2026. 1.", "4월", "7월", "10월"]),
        (date(2025, 10, 1), date(2026, 3, 31), ["2025. 10.", "12월", "2026. 2."]),
        (date(2022, 7, 1), date(2026, 6, 30), ["2022", "2023", "2024", "2025", "2026"]),
        (date(2022, 12, 1), date(2026, 6, 30), ["2023", "2024", "2025", "2026"]),
        (date(1990, 1, 1), date(2090, 12, 31), ["1990", "2010", "2030", "2050", "2070"]),
    ],
)
def test_few_names_stand_above_a_plan_and_the_year_is_always_known(first, last, names):
    assert words(Gantt("일정", (Bar("일", first, last),), TODAY)) == names


def test_a_bar_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="ends before it starts"):
        Bar("거꾸로", date(2026, 2, 1), date(2026, 1, 1))


def test_a_grid_is_darker_where_there_is_more():
    chart = Heat("월별", ("홍보",), ("1월", "2월", "3월", "4월", "5월"), ((0, 1, 2, 4, None),))

    groups = parsed(chart).findall(".//svg/g")

    assert [group.get("class")[-1] for group in groups] == ["0", "1", "2", "4", "0"]
    assert sentence(chart) == (
        "월별. 홍보: 1월 0건, 2월 1건, 3월 2건, 4월 4건, 5월 자료 없음입니다."
    )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Stacked("수", ("가", "나"), (Series("완료", (1,)),)),
        lambda: Stacked("수", ("가",), (Series("완료", (-1,)),)),
        lambda: Columns("수", ("가",), ()),
        lambda: Line("수", ("가",), (Series("목표", (1, 2)),)),
        lambda: Donut("수", (Slice("가", -1),)),
        lambda: Heat("수", ("가",), ("1월",), ((1,), (2,))),
        lambda: Heat("수", ("가",), ("1월", "2월"), ((1,),)),
        lambda: Heat("수", ("가",), ("1월",), ((-1,),)),
    ],
)
def test_values_that_do_not_fit_the_chart_are_refused(wrong):
    with pytest.raises(ValueError, match=r"chart|grid"):
        wrong()


@pytest.mark.parametrize("chart", NOTHING.values(), ids=NOTHING)
def test_a_chart_without_data_says_so(chart):
    assert "".join(parsed(chart).itertext()) == "아직 그릴 자료가 없습니다."


@pytest.mark.parametrize("chart", DRAWN, ids=lambda chart: f"{type(chart).__name__}-{chart.title}")
def test_a_chart_is_a_picture_with_words_and_a_table_with_the_same_numbers(chart):
    root, (headings, rows) = parsed(chart), table(chart)

    pictures = root.findall(".//*[@role='img']")
    hidden = [svg.get("aria-hidden") for svg in pictures[0].findall(".//svg[@aria-hidden]")]
    said = pictures[0].get("aria-label")

    assert len(pictures) == 1
    assert set(hidden) == {"true"}
    assert said.endswith("입니다.")
    assert {len(row) for row in rows} == {len(headings)}
    assert {row[0] for row in rows if row[0] not in said} == set()


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: f"{type(chart).__name__}-{chart.title}")
def test_a_chart_is_clean_under_the_content_policy(chart):
    html = str(figure(chart))

    assert re.findall(r"\sstyle=|\son\w+=|<script|<style|(?:fill|stroke)=\"#", html) == []


@pytest.mark.parametrize(
    "chart",
    [
        Stacked(EVIL, (EVIL,), (Series(EVIL, (1,), "ok"), Series(EVIL, (99,))), EVIL, EVIL, EVIL),
        Columns(EVIL, (EVIL,), (1,), EVIL, EVIL, heading=EVIL),
        Columns(EVIL, (EVIL * 9,), (1,), EVIL, EVIL, heading=EVIL),
        Line(EVIL, (EVIL,), (Series(EVIL, (1,)), Series(EVIL, (2,))), EVIL, EVIL, heading=EVIL),
        Donut(EVIL, (Slice(EVIL, 1),), EVIL, EVIL, EVIL, EVIL, heading=EVIL),
        Gantt(EVIL, (Bar(EVIL, TODAY, None, word=EVIL),), TODAY, EVIL, EVIL),
        Heat(EVIL, (EVIL,), (EVIL,), ((1,),), EVIL, EVIL, EVIL),
    ],
    ids=lambda chart: type(chart).__name__,
)
def test_what_people_wrote_into_a_chart_stays_text(chart):
    html = str(figure(chart))

    assert "<script" not in html
    assert EVIL in "".join(ElementTree.fromstring(html).itertext())


def test_progress_keeps_inside_its_bar_and_tells_the_real_figure():
    over = ElementTree.fromstring(str(progress("집행", Decimal("112.50"), "ok", planned=80)))

    assert over.find("svg").get("aria-label") == "집행 112.5%, 계획 80%"
    assert [rect.get("width") for rect in over.findall("svg/rect")] == ["100%", "100%"]
    assert over.find("svg/line").get("x1") == "80%"
    assert over.find("span").text == "112.5%"
    assert progress("집행", None) == '<span class="mk-sub">자료 없음</span>'


@pytest.mark.parametrize(
    ("values", "from_zero", "ticks"),
    [
        ([7019, 10000], True, (0, 2500, 5000, 7500, 10000)),
        ([7019, 10000], False, (7000, 8000, 9000, 10000)),
        ([0, 0], True, (0, 0.25, 0.5, 0.75, 1)),
        ([-681, 700], True, (-1000, -500, 0, 500, 1000)),
        ([3], False, (3, 3.25, 3.5, 3.75, 4)),
        ([], True, (0, 0.25, 0.5, 0.75, 1)),
    ],
)
def test_a_scale_has_round_steps(values, from_zero, ticks):
    assert scale(values, from_zero=from_zero).ticks == ticks


def test_a_template_shows_a_chart_by_its_tag():
    html = render("{% load kit %}{% chart chart %}", chart=COUNTS)

    assert html == " ".join(str(figure(COUNTS)).split())
