import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mokmin.lib.errors import Refusal
from mokmin.lib.won import Won, WonUnit
from mokmin.lib.won_reader import LIMIT

amounts = st.integers(1 - LIMIT, LIMIT - 1) | st.integers(-3_000_000, 3_000_000)
units = st.sampled_from(WonUnit)
notes = st.text(max_size=12).map(str.strip)
moneys = st.builds(Won, amounts, units, notes, st.booleans())


def parts(won):
    return won.amount, won.unit, won.note, won.is_approximate


def won_or_refusal(text, default):
    try:
        return Won.parse(text, default=default)
    except Refusal as refusal:
        return refusal


@pytest.mark.parametrize(
    ("written", "amount", "unit", "printed"),
    [
        ("1,234원", 1_234, WonUnit.WON, "1,234원"),
        ("1234 원", 1_234, WonUnit.WON, "1,234원"),
        ("50천원", 50_000, WonUnit.THOUSAND, "50천 원"),
        ("3만원", 30_000, WonUnit.TEN_THOUSAND, "3만 원"),
        ("876,757백만원", 876_757_000_000, WonUnit.MILLION, "876,757백만 원"),
        ("7,019억 원", 701_900_000_000, WonUnit.EOK, "7,019억 원"),
        ("1.5억", 150_000_000, WonUnit.EOK, "1.5억 원"),
        ("3십억 원", 3_000_000_000, WonUnit.BILLION, "3십억 원"),
        ("2조원", 2_000_000_000_000, WonUnit.JO, "2조 원"),
        ("1조 2,345억", 1_234_500_000_000, WonUnit.MIXED, "1조 2,345억 원"),
        ("19억 5천만 원", 1_950_000_000, WonUnit.MIXED, "19억 5,000만 원"),
        ("19억5천3백만원", 1_953_000_000, WonUnit.MIXED, "19억 5,300만 원"),
        ("1억 5천원", 100_005_000, WonUnit.MIXED, "1억 5,000원"),
        ("1억 50원", 100_000_050, WonUnit.MIXED, "1억 50원"),
        ("5천만 원", 50_000_000, WonUnit.MIXED, "5,000만 원"),
        ("3백원", 300, WonUnit.MIXED, "300원"),
        ("1조 0억", 1_000_000_000_000, WonUnit.MIXED, "1조 원"),
        ("0.001천원", 1, WonUnit.THOUSAND, "0.001천 원"),
        ("1.50억원", 150_000_000, WonUnit.EOK, "1.5억 원"),
        ("0원", 0, WonUnit.WON, "0원"),
        ("△0", 0, WonUnit.WON, "0원"),
        ("₩3,000", 3_000, WonUnit.WON, "3,000원"),
        ("１，２００천　원", 1_200_000, WonUnit.THOUSAND, "1,200천 원"),
        ("1,200원정", 1_200, WonUnit.WON, "1,200원"),
        ("876,757\n백만원", 876_757_000_000, WonUnit.MILLION, "876,757백만 원"),
    ],
)
def test_money_is_read_in_the_unit_it_is_written_in(written, amount, unit, printed):
    won = Won.parse(written)

    assert (won.amount, won.unit, str(won)) == (amount, unit, printed)


@pytest.mark.parametrize(
    "written",
    [
        "△1,200",
        "▲1,200",
        "-1,200",
        "- 1,200",
        "−1,200",
        "－1,200",
        "(1,200)",
        "（1,200）",
        "(1200원)",
    ],
)
def test_every_way_to_write_a_negative_is_understood(written):
    assert Won.parse(written) == Won(-1_200)


def test_brackets_around_the_number_alone_are_negative_too():
    assert parts(Won.parse("(1,200)백만원(군비)")) == (
        -1_200_000_000,
        WonUnit.MILLION,
        "군비",
        False,
    )


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ("20백만 원(군비)", "군비"),
        ("20백만 원 （군비）", "군비"),
        ("20백만 원(증 52억 원)", "증 52억 원"),
        ("20백만 원(국비 10, 도비(특별) 10)", "국비 10, 도비(특별) 10"),
        ("20백만 원(국비)(도비)", "국비)(도비"),
        ("20백만 원()", ""),
    ],
)
def test_the_note_in_brackets_is_kept_as_written(written, note):
    won = Won.parse(written)

    assert (won.amount, won.note) == (20_000_000, note)


def test_an_official_amount_keeps_its_reading_as_the_note():
    won = Won.parse("금113,560원(금일십일만삼천오백육십원)")

    assert str(won) == "113,560원(금일십일만삼천오백육십원)"


def test_a_bare_number_counts_in_the_unit_of_its_table():
    cells = ["876,757", "△1,200", "(3)", "12억원", "1.5"]

    read = [Won.parse(cell, default=WonUnit.MILLION) for cell in cells]

    assert [str(won) for won in read] == [
        "876,757백만 원",
        "△1,200백만 원",
        "△3백만 원",
        "12억 원",
        "1.5백만 원",
    ]
    assert [won.number for won in read] == ["876,757", "△1,200", "△3", "12", "1.5"]


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("(단위: 백만원)", WonUnit.MILLION),
        ("(단위 : 억 원, %)", WonUnit.EOK),
        ("단위:천원", WonUnit.THOUSAND),
        ("(단위: 명, 백만 원)", WonUnit.MILLION),
        ("(단위: 원)", WonUnit.WON),
        ("(단위: 인원)", None),
        ("(단위: 명)", None),
        ("(단위: 천만원)", None),
        ("예산 1,000원", None),
    ],
)
def test_the_heading_of_a_table_names_its_unit(heading, unit):
    assert WonUnit.of_heading(heading) is unit


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("-", "숫자가 없습니다."),
        ("원", "숫자가 없습니다."),
        ("약", "숫자가 없습니다."),
        ("(군비)", "‘군비’를 읽을 수 없습니다."),
        ("많이", "‘많이’를 읽을 수 없습니다."),
        ("1경", "‘경’을 읽을 수 없습니다."),
        ("1²", "‘²’을(를) 읽을 수 없습니다."),
        ("٣원", "‘٣’을(를) 읽을 수 없습니다."),
        ("1,23,456", "쉼표는 세 자리마다 찍어 주세요."),
        ("12,3456원", "쉼표는 세 자리마다 찍어 주세요."),
        ("1234,567", "쉼표는 세 자리마다 찍어 주세요."),
        ("1,200,", "쉼표는 세 자리마다 찍어 주세요."),
        ("1.2.3억", "소수점은 숫자 사이에 한 번만 찍어 주세요."),
        ("1.", "소수점은 숫자 사이에 한 번만 찍어 주세요."),
        ("876, 757원", "‘876,’ 뒤에 단위가 없습니다."),
        ("1 200원", "‘1’ 뒤에 단위가 없습니다."),
        ("0.5원", "1원보다 작은 금액은 적을 수 없습니다."),
        ("0.0001천원", "1원보다 작은 금액은 적을 수 없습니다."),
        ("1.5조 2억", "소수점은 단위를 하나만 쓸 때 적을 수 있습니다."),
        ("1조 10,000억", "‘1조’ 뒤의 금액은 그보다 작은 단위여야 합니다."),
        ("1조 12,345억", "‘1조’ 뒤의 금액은 그보다 작은 단위여야 합니다."),
        ("5억 6억", "‘5억’ 뒤의 금액은 그보다 작은 단위여야 합니다."),
        ("5억 0억", "‘5억’ 뒤의 금액은 그보다 작은 단위여야 합니다."),
        ("19억 5천", "‘5천’의 단위가 원인지 만 원인지 알 수 없으니 끝까지 적어 주세요."),
        ("19억 5,000", "‘5,000’의 단위가 원인지 만 원인지 알 수 없으니 끝까지 적어 주세요."),
        ("20천", "‘20천’의 단위가 원인지 만 원인지 알 수 없으니 끝까지 적어 주세요."),
        ("1,200원 내외", "‘원’ 뒤를 읽을 수 없습니다."),
        ("20억원(군비) 증", "괄호의 짝이 맞지 않거나 괄호 뒤에 다른 글이 있습니다."),
        ("20억원(군비", "괄호의 짝이 맞지 않거나 괄호 뒤에 다른 글이 있습니다."),
        ("(△3)", "괄호와 부호 가운데 하나로만 음수를 나타내 주세요."),
        ("(1)200원", "괄호의 짝이 맞지 않거나 괄호 뒤에 다른 글이 있습니다."),
        ("1000000조", "금액이 너무 큽니다. 100경 원보다 작아야 합니다."),
        ("9" * 900, "숫자가 너무 깁니다."),
        ("1" + " " * 1000 + "원", "1,000자보다 깁니다."),
    ],
)
def test_what_is_no_money_is_refused_with_the_reason(written, reason):
    with pytest.raises(Refusal) as caught:
        Won.parse(written)

    assert (
        re.sub(r"^‘.*?’(은|는|은\(는\)) 금액으로 읽을 수 없습니다\. ", "", str(caught.value))
        == reason
    )


def test_an_empty_cell_is_asked_for():
    with pytest.raises(Refusal, match=r"^금액을 적어 주세요\.$"):
        Won.parse(" \u3000")


def test_a_refusal_names_what_was_written():
    with pytest.raises(Refusal) as caught:
        Won.parse("예산  1억")

    assert str(caught.value) == (
        "‘예산 1억’은 금액으로 읽을 수 없습니다. ‘예산 1억’을 읽을 수 없습니다."
    )


@pytest.mark.parametrize(
    ("amount", "unit", "decimals", "printed"),
    [
        (701_900_000_000, WonUnit.EOK, 0, "7,019억 원"),
        (1_234_567, WonUnit.MILLION, 0, "약 1백만 원"),
        (1_234_567, WonUnit.MILLION, 1, "약 1.2백만 원"),
        (1_234_567, WonUnit.MILLION, 6, "1.234567백만 원"),
        (1_500_000, WonUnit.MILLION, 0, "약 2백만 원"),
        (-1_500_000, WonUnit.MILLION, 0, "약 △2백만 원"),
        (1_499_999, WonUnit.MILLION, 0, "약 1백만 원"),
        (499_999, WonUnit.MILLION, 0, "약 0백만 원"),
        (1_234_567, WonUnit.MIXED, 0, "123만 4,567원"),
        (1_234_567, WonUnit.WON, 3, "1,234,567원"),
    ],
)
def test_a_chosen_unit_says_when_it_is_not_exact(amount, unit, decimals, printed):
    assert str(Won(amount).to(unit, decimals=decimals)) == printed


def test_printing_alone_never_rounds():
    assert str(Won(1_234_567, WonUnit.MILLION)) == "1.234567백만 원"


def test_the_style_of_printing_can_be_chosen():
    won = Won(-1_234_500_000_000, WonUnit.MIXED, "국비")

    assert [won.text(minus=minus) for minus in ("△", "▲", "-", "()")] == [
        "△1조 2,345억 원(국비)",
        "▲1조 2,345억 원(국비)",
        "-1조 2,345억 원(국비)",
        "(1조 2,345억 원)(국비)",
    ]
    assert won.text(is_spaced=False) == "△1조2,345억원(국비)"
    assert Won(-5_000, WonUnit.THOUSAND).text(minus="()", is_bare=True) == "(5)"


def test_sums_stay_whole_won_in_the_unit_of_the_left_side():
    millions = Won.parse("20백만 원(군비)")

    total = sum([millions, Won.parse("1억 원"), Won.parse("500천 원")])

    assert parts(total) == (120_500_000, WonUnit.MILLION, "", False)
    assert str(total) == "120.5백만 원"
    assert parts(millions - Won(1)) == (19_999_999, WonUnit.MILLION, "", False)
    assert parts(3 * millions) == parts(millions * 3) == (60_000_000, WonUnit.MILLION, "", False)
    assert parts(-millions) == (-20_000_000, WonUnit.MILLION, "", False)
    assert parts(abs(-millions)) == (20_000_000, WonUnit.MILLION, "", False)


def test_what_was_rounded_stays_approximate_in_every_sum():
    rounded = Won(1_234_567).to(WonUnit.MILLION)

    assert str(rounded + Won(1)) == "약 1.000001백만 원"
    assert str(Won(1) - rounded) == "약 △999,999원"
    assert str(2 * rounded) == "약 2백만 원"


@pytest.mark.parametrize(
    "mistake",
    [
        lambda won: won + 1,
        lambda won: 1 + won,
        lambda won: won - 1,
        lambda won: won * 0.5,
        lambda won: won * won,
        lambda won: won / 2,
    ],
)
def test_money_does_not_mix_with_other_numbers(mistake):
    with pytest.raises(TypeError):
        mistake(Won(10))


def test_the_same_money_is_equal_however_it_is_written():
    written = ["1억 원", "100백만 원(군비)", "100,000,000", "약 1억"]

    assert {Won.parse(text) for text in written} == {Won(100_000_000)}
    assert max(Won.parse("2백만 원"), Won.parse("1억")) == Won(100_000_000)


@given(moneys, st.sampled_from(["△", "▲", "-", "()"]), st.booleans())
def test_what_is_printed_is_read_back(won, minus, is_spaced):
    printed = won.text(minus=minus, is_spaced=is_spaced)

    read = Won.parse(printed)
    unit = read.unit if won.unit is WonUnit.MIXED else won.unit
    assert parts(read) == (won.amount, unit, won.note, won.is_approximate)
    assert read.text(minus=minus, is_spaced=is_spaced) == printed


@given(moneys, st.sampled_from(["△", "▲", "-", "()"]))
def test_a_bare_figure_is_read_back_in_the_unit_of_its_table(won, minus):
    read = Won.parse(won.text(minus=minus, is_bare=True), default=won.unit)

    assert parts(read) == (won.amount, won.unit, "", won.is_approximate)


@given(st.text() | st.text("0123456789,.()△-약금원정십백천만억조₩ 가", max_size=30), units)
def test_any_text_is_read_or_refused(text, default):
    answer = won_or_refusal(text, default)

    if isinstance(answer, Refusal):
        assert str(answer).endswith(".")
    else:
        assert Won.parse(str(answer)) == answer
        assert abs(answer.amount) < LIMIT


@given(moneys, units, st.integers(0, 3))
def test_a_chosen_unit_is_exact_or_says_so(won, unit, decimals):
    shown = won.to(unit, decimals=decimals)

    assert abs(shown.amount - won.amount) * 2 <= 10 ** max(unit.power - decimals, 0)
    assert shown.is_approximate == (won.is_approximate or shown != won)
    assert (shown.unit, shown.note) == (unit, won.note)
    assert len(shown.number.partition(".")[2]) <= decimals


@given(st.lists(moneys, min_size=1), st.integers(-1000, 1000))
def test_arithmetic_is_that_of_whole_numbers(moneys, times):
    whole = sum(won.amount for won in moneys)

    assert sum(moneys).amount == whole
    assert (sum(moneys) * times).amount == whole * times
    assert sum(moneys).is_approximate == any(won.is_approximate for won in moneys)
