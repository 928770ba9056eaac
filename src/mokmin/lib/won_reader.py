"""Reads amounts of money as Korean documents write them, and says what is wrong when it cannot."""

import re
from dataclasses import dataclass

from mokmin.lib.errors import Refusal
from mokmin.lib.korean import josa, quoted

BARE = "bare"
MIXED = "mixed"

LIMIT = 10**18
"""Amounts stay below this (100경 원), so that they fit the database and no digit is a slip."""

_SMALL = {"": 0, "십": 1, "백": 2, "천": 3}
_BIG = {"": 0, "만": 4, "억": 8, "조": 12}
_LONGEST_NUMBER = 40
_LONGEST_TEXT = 1000

_PLAIN_MARKS = str.maketrans(
    "０１２３４５６７８９，．（）＋－−–▲￦\u3000\xa0\t\r\n",
    "0123456789,.()+---△₩     ",
)
_SHAPE = re.compile(
    r"(?P<about>약\s*)?(?:"
    r"\((?P<negative>[^()]*)\)(?P<outside>[조억만천백십원 ]*)"
    r"|(?P<sign>[△+-] *)?(?:금 *)?(?P<positive>[^()]*)"
    r")(?:\((?P<note>.*)\))?",
    re.DOTALL,
)
_TOKEN = re.compile(r" *(?P<number>[0-9][0-9,.]*) *(?P<small>[십백천]?) *(?P<big>[만억조]?) *")
_NUMBER = re.compile(r"([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read; `unit` is `원`, `백만원` … as written without spaces, or BARE or MIXED."""

    amount: int
    unit: str
    note: str
    is_approximate: bool


@dataclass(frozen=True, slots=True)
class _Token:
    """A number with the unit words that follow it: `5천`, `2,345억`, `876,757백만`."""

    number: str
    small: str
    big: str

    def __str__(self) -> str:
        return quoted(f"{self.number}{self.small}{self.big}", limit=12)


def read(text: str, *, bare_power: int) -> Reading:
    """The amount in won; a number without any unit counts in 10 ** `bare_power` won."""
    written = text.strip()
    if len(written) > _LONGEST_TEXT:
        raise _refusal(text, f"{_LONGEST_TEXT:,}자보다 깁니다.")
    found = _SHAPE.fullmatch(written.translate(_PLAIN_MARKS))
    if found is None:
        raise _refusal(text, "괄호의 짝이 맞지 않거나 괄호 뒤에 다른 글이 있습니다.")
    if found["negative"] is None:
        body, is_negative = found["positive"], (found["sign"] or "").startswith(("△", "-"))
    else:
        body, is_negative = _inside_brackets(text, found["negative"], found["outside"]), True
    amount, unit = _amount(text, body, bare_power)
    if amount >= LIMIT:
        raise _refusal(text, "금액이 너무 큽니다. 100경 원보다 작아야 합니다.")
    note = written[slice(*found.span("note"))].strip() if found["note"] else ""
    return Reading(-amount if is_negative else amount, unit, note, bool(found["about"]))


def _inside_brackets(text: str, inside: str, outside: str) -> str:
    if inside.strip().startswith(("△", "-", "+")):
        raise _refusal(text, "괄호와 부호 가운데 하나로만 음수를 나타내 주세요.")
    return inside + outside


def _amount(text: str, body: str, bare_power: int) -> tuple[int, str]:
    """Won and unit of the text without sign, brackets and note."""
    spoken, won, rest = body.strip().removeprefix("₩").partition("원")
    if rest.strip() not in ("", "정"):
        raise _refusal(text, "‘원’ 뒤를 읽을 수 없습니다.")
    tokens = _tokens(text, spoken)
    last = tokens[-1]
    is_bare = not (won or last.big or "₩" in body)
    if is_bare and (last.small or len(tokens) > 1):
        raise _refusal(text, f"{last}의 단위가 원인지 만 원인지 알 수 없으니 끝까지 적어 주세요.")
    if len(tokens) > 1:
        return _sum(text, tokens), MIXED
    power = bare_power if is_bare else _SMALL[last.small] + _BIG[last.big]
    return _scaled(text, last.number, power), BARE if is_bare else f"{last.small}{last.big}원"


def _tokens(text: str, spoken: str) -> list[_Token]:
    """Split into numbers with their units; every character must belong to one."""
    tokens: list[_Token] = []
    place = 0
    while found := _TOKEN.match(spoken, place):
        tokens.append(_Token(**found.groupdict()))
        place = found.end()
    if rest := spoken[place:].strip():
        raise _refusal(text, f"{josa(quoted(rest, limit=12), '을/를')} 읽을 수 없습니다.")
    if not tokens:
        raise _refusal(text, "숫자가 없습니다.")
    for token in tokens[:-1]:
        if not (token.small or token.big):
            raise _refusal(text, f"{token} 뒤에 단위가 없습니다.")
    return tokens


def _sum(text: str, tokens: list[_Token]) -> int:
    """Add up `1조 2,345억`; in `5천 3백만` the 천 belongs to the 만 that follows."""
    total, big, higher = 0, "", 0
    for place, token in enumerate(reversed(tokens)):
        big = token.big or big
        power = _SMALL[token.small] + _BIG[big]
        if total >= 10**power or (place and power <= higher):
            raise _refusal(text, f"{token} 뒤의 금액은 그보다 작은 단위여야 합니다.")
        if "." in token.number:
            raise _refusal(text, "소수점은 단위를 하나만 쓸 때 적을 수 있습니다.")
        total += _scaled(text, token.number, power)
        higher = power
    return total


def _scaled(text: str, number: str, power: int) -> int:
    """The number times 10 ** power, exactly."""
    if len(number) > _LONGEST_NUMBER:
        raise _refusal(text, "숫자가 너무 깁니다.")
    found = _NUMBER.fullmatch(number)
    if found is None:
        mark = "쉼표는 세 자리마다" if "," in number else "소수점은 숫자 사이에 한 번만"
        raise _refusal(text, f"{mark} 찍어 주세요.")
    fraction = (found[2] or "").rstrip("0")
    if len(fraction) > power:
        raise _refusal(text, "1원보다 작은 금액은 적을 수 없습니다.")
    digits = found[1].replace(",", "") + fraction + "0" * (power - len(fraction))
    return int(digits)


def _refusal(text: str, reason: str) -> Refusal:
    if not text.strip():
        return Refusal("금액을 적어 주세요.")
    return Refusal(f"{josa(quoted(text), '은/는')} 금액으로 읽을 수 없습니다. {reason}")
