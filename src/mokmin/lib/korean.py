"""Korean as it is written in offices: particles (조사), dates and times, quotations and counts."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mokmin.lib.errors import Refusal

SEOUL = ZoneInfo("Asia/Seoul")

WEEKDAYS = "월화수목금토일"

RIEUL = 8
"""Number of the final consonant ㄹ, as Unicode counts the finals of a syllable (0 is none)."""

CONSONANT = 1
"""Stands for any final consonant but ㄹ."""

_BRACKETS = r"\((?:[^()]|\([^()]*\))*\)|（[^（）]*）|\[[^\[\]]*\]"
_ASIDE = re.compile(rf"(?:\s|[\"'”’」』》〉]|{_BRACKETS})+$")
_DATE_END = re.compile(r"[0-9]{1,2}\. ?[0-9]{1,2}\.$")
_TIME_END = re.compile(r"[0-9]:([0-9]{2})$")
_NUMBER_END = re.compile(r"[0-9][0-9,]*(\.[0-9]+)?$")
_UNIT_END = re.compile(r"[0-9]\s?([a-zA-Z%]{1,3})$")
_LATIN_END = re.compile(r"[a-zA-Z]+$")

_DIGIT_FINALS = {"0": 1, "1": RIEUL, "3": 1, "6": 1, "7": RIEUL, "8": RIEUL}
_LETTER_FINALS = {"L": RIEUL, "M": CONSONANT, "N": CONSONANT, "R": RIEUL}
_UNIT_FINALS = {"kg": 1, "g": 1, "mg": 1, "t": 1} | dict.fromkeys(
    ("%", "%p", "m", "km", "cm", "mm", "ha", "L", "l", "mL", "ml"), 0
)
_SIGN_FINALS = dict.fromkeys("%‰℃㎡㎥㎞㎝㎜㏊ℓ㎾㎿", 0) | dict.fromkeys("㎏㎎㎍", CONSONANT)
_JAMO_CONSONANTS = "ㄱㄲㄴㄷㄸㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_JAMO_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_CHARACTER_FINALS = (
    _SIGN_FINALS
    | dict.fromkeys(_JAMO_CONSONANTS, CONSONANT)
    | dict.fromkeys(_JAMO_VOWELS, 0)
    | {"ㄹ": RIEUL}
)


def josa(word: str, pair: str) -> str:
    """The word with the particle that its last sound asks for: `josa("거창군", "은/는")`.

    `pair` names the form after a consonant, then the form after a vowel; ㄹ counts as a vowel for
    으로/로 and its kin. A word that cannot be read aloud gets both: `은(는)`, `(으)로`.
    """
    after_consonant, after_vowel = pair.split("/")
    final = _final(word)
    if final is None:
        if after_consonant.endswith(after_vowel):
            return f"{word}({after_consonant.removesuffix(after_vowel)}){after_vowel}"
        return f"{word}{after_consonant}({after_vowel})"
    if final == 0 or (final == RIEUL and after_consonant.startswith("으로")):
        return word + after_vowel
    return word + after_consonant


def _final(word: str) -> int | None:
    """The final consonant with which the word ends when read aloud; None when unreadable."""
    bare = _ASIDE.sub("", word)
    if not any(map(str.isalnum, bare)):
        bare = word.strip(" \"'“”‘’「」『』《》〈〉()（）[]")
    if _DATE_END.search(bare):
        return RIEUL
    bare = bare.rstrip(".,!?…·~ ")
    if found := _TIME_END.search(bare):
        return 0 if found[1] == "00" else CONSONANT
    if (found := _UNIT_END.search(bare)) and found[1] in _UNIT_FINALS:
        return _UNIT_FINALS[found[1]]
    if found := _NUMBER_END.search(bare):
        return _final_of_number(found[0])
    if found := _LATIN_END.search(bare):
        return _final_of_latin(found[0])
    return _final_of_character(bare[-1:])


def _final_of_character(character: str) -> int | None:
    if "가" <= character <= "힣":
        return (ord(character) - ord("가")) % 28
    return _CHARACTER_FINALS.get(character)


def _final_of_number(number: str) -> int:
    """십 백 천 만 억 경 end in a consonant; only a round 조 ends in a vowel."""
    digits = number.replace(",", "")
    if "." not in digits and digits.strip("0"):
        zeros = len(digits) - len(digits.rstrip("0"))
        if 12 <= zeros < 16:  # noqa: PLR2004 - powers of ten of 조 and 경
            return 0
    return _DIGIT_FINALS.get(digits[-1], 0)


def _final_of_latin(word: str) -> int:
    """A capital at the end is read as a letter (TF 티에프), else the word by its usual spelling."""
    if word[-1].isupper():
        return _LETTER_FINALS.get(word[-1], 0)
    if re.search(r"le?$", word):
        return RIEUL
    return CONSONANT if re.search(r"[mn]e?$|ng$|[aeiou][bckpt]$|ck$|pp$", word) else 0


def quoted(text: str, *, limit: int = 40) -> str:
    """The text in quotation marks, on one line and cut to a readable length."""
    line = " ".join(text.split())
    return f"‘{line}’" if len(line) <= limit else f"‘{line[: limit - 1]}…’"


def count_text(number: int, unit: str) -> str:
    """A count with its unit word: `1,234명`."""
    return f"{number:,}{unit}"


def in_seoul(at: datetime) -> datetime:
    """The same instant on the clock of Seoul; an instant without time zone is a bug."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(SEOUL)


def date_text(day: date, *, with_weekday: bool = False, with_year: bool = True) -> str:
    """`2026. 7. 1.` or `2026. 7. 1.(수)`; of an instant, its day in Seoul."""
    day = in_seoul(day) if isinstance(day, datetime) else day
    year = f"{day.year}. " if with_year else ""
    weekday = f"({WEEKDAYS[day.weekday()]})" if with_weekday else ""
    return f"{year}{day.month}. {day.day}.{weekday}"


def time_text(at: datetime) -> str:
    """`14:30`, in Seoul."""
    return f"{in_seoul(at):%H:%M}"


def moment_text(at: datetime, *, with_year: bool = True) -> str:
    """`2026. 7. 1.(수) 14:30`, in Seoul."""
    return f"{date_text(at, with_weekday=True, with_year=with_year)} {time_text(at)}"


def date_range_text(first: date, last: date, *, with_weekday: bool = False) -> str:
    """`2026. 7. 1.~7. 31.`; the year is repeated only when it differs."""
    start = date_text(first, with_weekday=with_weekday)
    if first == last:
        return start
    with_year = first.year != last.year
    return f"{start}~{date_text(last, with_weekday=with_weekday, with_year=with_year)}"


def moment_range_text(first: datetime, last: datetime) -> str:
    """`2026. 7. 1.(수) 14:00~16:00`; the day is repeated only when it differs."""
    begins, ends = in_seoul(first), in_seoul(last)
    if begins.date() == ends.date():
        return f"{moment_text(begins)}~{time_text(ends)}"
    return f"{moment_text(begins)}~{moment_text(ends, with_year=begins.year != ends.year)}"


_WEEKDAY = rf"(?:\s*\(?\s*(?P<weekday>[{WEEKDAYS}])(?:요일)?\s*\)?)?"
_YEAR = r"(?P<year>[0-9]{4}|'?[0-9]{2})"
_DATE_FORMS = tuple(
    re.compile(form + _WEEKDAY)
    for form in (
        _YEAR + r"\s*\.\s*(?P<month>[0-9]{1,2})\s*\.\s*(?P<day>[0-9]{1,2})\s*\.?",
        _YEAR + r"(?P<mark>[-/])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})",
        _YEAR + r"\s*년\s*(?P<month>[0-9]{1,2})\s*월\s*(?P<day>[0-9]{1,2})\s*일",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    )
)
_PLAIN_MARKS = str.maketrans(
    "０１２３４５６７８９．－／（）’‘＇´`\u3000\xa0",
    "0123456789.-/()'''''" + "  ",
)
_FIRST_YEAR_OF_1900S = 70


def parse_date(text: str) -> date:
    """A date as people write it: `2023. 1. 5`, `'22. 9. 26.`, `2023년 1월 5일(목)`, `2023-01-05`.

    Two digits mean 1970 to 2069; a weekday that does not belong to the day is refused.
    """
    plain = text.translate(_PLAIN_MARKS).strip()
    found = next(filter(None, (form.fullmatch(plain) for form in _DATE_FORMS)), None)
    if found is None:
        raise Refusal(
            f"{josa(quoted(text), '은/는')} 날짜로 읽을 수 없습니다. 2026. 7. 1.처럼 적어 주세요."
        )
    try:
        day = date(_full_year(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise Refusal(f"{josa(quoted(text), '은/는')} 달력에 없는 날짜입니다.") from None
    weekday = WEEKDAYS[day.weekday()]
    if found["weekday"] not in (None, weekday):
        raise Refusal(
            f"{date_text(day)}은 {weekday}요일인데 {found['weekday']}요일로 적혀 있습니다."
        )
    return day


def _full_year(written: str) -> int:
    year = int(written.removeprefix("'"))
    if len(written.removeprefix("'")) > len("00"):
        return year
    return year + (1900 if year >= _FIRST_YEAR_OF_1900S else 2000)
