import re
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mokmin.lib.errors import Refusal
from mokmin.lib.korean import (
    SEOUL,
    count_text,
    date_range_text,
    date_text,
    josa,
    moment_range_text,
    moment_text,
    parse_date,
    quoted,
    time_text,
)

VOWEL, CONSONANT, RIEUL, UNKNOWN = "는로라", "은으로이라", "은로이라", "은(는)(으)로(이)라"


@pytest.mark.parametrize(
    ("words", "sound"),
    [
        (["군수", "거창군수", "조례"], VOWEL),
        (["거창군", "예산", "읍", "값", "계획"], CONSONANT),
        (["서울", "길", "1월 1일"], RIEUL),
        (["2", "4", "5", "9", "12", "3.5", "2025"], VOWEL),
        (["0", "3", "6", "10", "100", "1,000", "30,000", "100000000", "3.10", "2026"], CONSONANT),
        (["1", "7", "8", "11", "2.7", "1,234,567"], RIEUL),
        (["1,000,000,000,000", "20000000000000"], VOWEL),
        (["10,000,000,000,000,000"], CONSONANT),
        (["15:00", "30%", "5km", "20ha", "3㎡", "%", "2.5%p"], VOWEL),
        (["14:30", "5kg", "20㎏", "3t"], CONSONANT),
        (["2026. 7. 2.", "2026. 7. 2.(목)", "7. 5."], RIEUL),
        (["TF", "MOU", "ESG", "LH", "IoT", "HWPX", "data", "service", "smart"], VOWEL),
        (["ICM", "KTN", "plan", "phone", "time", "web", "app", "check", "marketing"], CONSONANT),
        (["KTL", "HR", "Excel", "file", "apple"], RIEUL),
        (
            ["‘공약’", "「공약」", "공약(군수)", "공약 [1]", "공약(군수(민선 8기))", "공약!"],
            CONSONANT,
        ),
        (["“조례”", "《조례》", "조례(안)", "조례（안）"], VOWEL),
        (["(가)", "ㅏ"], VOWEL),
        (["(안)", "ㄱ"], CONSONANT),
        (["ㄹ"], RIEUL),
        (["", "郡", "…", "()", "②"], UNKNOWN),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_particles_follow_the_last_sound_of_the_word(words, sound):
    particles = [
        "".join(josa(word, pair).removeprefix(word) for pair in ("은/는", "으로/로", "이라/라"))
        for word in words
    ]

    assert particles == [sound] * len(words)


@pytest.mark.parametrize(
    ("pair", "after_consonant", "after_rieul", "after_vowel"),
    [
        ("이/가", "군이", "길이", "시가"),
        ("을/를", "군을", "길을", "시를"),
        ("과/와", "군과", "길과", "시와"),
        ("이나/나", "군이나", "길이나", "시나"),
        ("으로서/로서", "군으로서", "길로서", "시로서"),
        ("으로부터/로부터", "군으로부터", "길로부터", "시로부터"),
    ],
)
def test_every_pair_of_particles_can_be_asked_for(pair, after_consonant, after_rieul, after_vowel):
    assert [josa(word, pair) for word in ("군", "길", "시")] == [
        after_consonant,
        after_rieul,
        after_vowel,
    ]


@given(st.text())
def test_a_particle_leaves_the_word_as_it_is(word):
    assert josa(word, "을/를").removeprefix(word) in {"을", "를", "을(를)"}


@given(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")))
def test_a_syllable_is_judged_by_its_final_consonant(syllable):
    final = (ord(syllable) - 0xAC00) % 28

    assert josa(syllable, "은/는") == syllable + ("은" if final else "는")
    assert josa(syllable, "으로/로") == syllable + ("로" if final in {0, 8} else "으로")


def test_a_quotation_is_one_short_line():
    assert quoted(" 두\n줄 ") == "‘두 줄’"
    assert quoted("가" * 41) == f"‘{'가' * 39}…’"
    assert quoted("가" * 40) == f"‘{'가' * 40}’"
    assert quoted("가나다라", limit=3) == "‘가나…’"


def test_counts_have_commas_and_their_unit():
    assert [count_text(0, "건"), count_text(1234, "명")] == ["0건", "1,234명"]


def test_dates_and_times_are_written_as_offices_write_them():
    day, at = date(2026, 7, 1), datetime(2026, 7, 1, 5, 30, tzinfo=UTC)

    assert date_text(day) == "2026. 7. 1."
    assert date_text(day, with_weekday=True) == "2026. 7. 1.(수)"
    assert date_text(day, with_weekday=True, with_year=False) == "7. 1.(수)"
    assert time_text(at) == "14:30"
    assert moment_text(at) == "2026. 7. 1.(수) 14:30"


def test_the_day_of_an_instant_is_that_of_seoul():
    assert date_text(datetime(2026, 6, 30, 15, 0, tzinfo=UTC)) == "2026. 7. 1."


def test_an_instant_without_time_zone_is_a_bug():
    naive = datetime(2026, 7, 1)  # noqa: DTZ001

    for write in (date_text, time_text, moment_text):
        with pytest.raises(ValueError, match=r"^an instant needs a time zone$"):
            write(naive)


@pytest.mark.parametrize(
    ("first", "last", "plain", "with_weekday"),
    [
        (date(2026, 7, 1), date(2026, 7, 1), "2026. 7. 1.", "2026. 7. 1.(수)"),
        (date(2026, 7, 1), date(2026, 7, 3), "2026. 7. 1.~7. 3.", "2026. 7. 1.(수)~7. 3.(금)"),
        (
            date(2026, 12, 1),
            date(2027, 1, 3),
            "2026. 12. 1.~2027. 1. 3.",
            "2026. 12. 1.(화)~2027. 1. 3.(일)",
        ),
    ],
)
def test_ranges_repeat_only_what_differs(first, last, plain, with_weekday):
    assert date_range_text(first, last) == plain
    assert date_range_text(first, last, with_weekday=True) == with_weekday


@pytest.mark.parametrize(
    ("last", "text"),
    [
        ((2026, 7, 1, 16, 0), "2026. 7. 1.(수) 14:00~16:00"),
        ((2026, 7, 2, 16, 0), "2026. 7. 1.(수) 14:00~7. 2.(목) 16:00"),
        ((2027, 1, 1, 9, 0), "2026. 7. 1.(수) 14:00~2027. 1. 1.(금) 09:00"),
    ],
)
def test_ranges_of_time_repeat_only_what_differs(last, text):
    first = datetime(2026, 7, 1, 14, 0, tzinfo=SEOUL)

    assert moment_range_text(first, datetime(*last, tzinfo=SEOUL)) == text


@pytest.mark.parametrize(
    "written",
    [
        "2023. 1. 5",
        "2023. 1. 5.",
        "2023.1.5",
        "2023.01.05.",
        "2023. 1. 5.(목)",
        "2023. 1. 5 (목)",
        "2023. 1. 5.(목요일)",
        "2023년 1월 5일",
        "2023년1월5일 목요일",
        "2023-01-05",
        "2023/1/5",
        "20230105",
        "'23. 1. 5.",
        "’23.1.5.",
        "‘23. 1. 5.",
        "23. 1. 5.",
        "23-01-05",
        "’23년 1월 5일",
        " ２０２３．１．５． ",
    ],
)
def test_a_date_is_read_in_every_common_writing(written):
    assert parse_date(written) == date(2023, 1, 5)


def test_two_digits_are_a_year_from_1970_to_2069():
    written = ["'69. 1. 1.", "'70. 1. 1.", "'99. 1. 1.", "'00. 1. 1."]

    assert [parse_date(text).year for text in written] == [2069, 1970, 1999, 2000]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "‘’은(는) 날짜로 읽을 수 없습니다. 2026. 7. 1.처럼 적어 주세요."),
        ("내일", "‘내일’은 날짜로 읽을 수 없습니다. 2026. 7. 1.처럼 적어 주세요."),
        ("2023-05/12", "‘2023-05/12’는 날짜로 읽을 수 없습니다. 2026. 7. 1.처럼 적어 주세요."),
        ("2023. 1.", "‘2023. 1.’은 날짜로 읽을 수 없습니다. 2026. 7. 1.처럼 적어 주세요."),
        ("123. 1. 5.", "‘123. 1. 5.’은 날짜로 읽을 수 없습니다. 2026. 7. 1.처럼 적어 주세요."),
        ("2023. 2. 29.", "‘2023. 2. 29.’은 달력에 없는 날짜입니다."),
        ("0000-01-01", "‘0000-01-01’은 달력에 없는 날짜입니다."),
        ("2023. 1. 5.(금)", "2023. 1. 5.은 목요일인데 금요일로 적혀 있습니다."),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(written, reason):
    with pytest.raises(Refusal, match=f"^{re.escape(reason)}$"):
        parse_date(written)


@given(st.dates(date(1000, 1, 1)))
def test_a_written_date_is_read_back(day):
    assert parse_date(date_text(day)) == day
    assert parse_date(date_text(day, with_weekday=True)) == day
    assert parse_date(day.isoformat()) == day


@given(st.text() | st.text("0123456789.-/'년월일 ()수", max_size=16))
def test_any_text_is_read_or_refused(text):
    with suppress(Refusal):
        assert parse_date(parse_date(text).isoformat()) == parse_date(text)
