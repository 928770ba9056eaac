"""Conditions of lists (찾기 조건): each reads its value out of the address and draws its field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from mokmin.foundation.access.actor import Actor
from mokmin.lib.errors import Refusal
from mokmin.lib.korean import parse_date
from mokmin.surfaces.kit import icons
from mokmin.surfaces.kit.forms.dates import NO_YEAR, YEARS
from mokmin.surfaces.kit.menu import for_everyone

WORD_LENGTH = 200

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition; `open_to` tells for whom it is there.

    `is_personal` asks for people: what it leaves tells of them, which the access log keeps.
    """

    name: str
    label: str
    open_to: Callable[[Actor], str | None] = field(default=for_everyone, kw_only=True)
    is_personal: bool = field(default=False, kw_only=True)

    def read(self, said: str, _actor: Actor) -> Any:
        """The value, None for none. Raises Refusal with the sentence for the field."""
        return said or None

    def words(self, said: str, _actor: Actor) -> str:
        """The value as a reader knows it."""
        return said

    def control(self, said: str, marks: str, _actor: Actor) -> str:
        """The control itself; `marks` are its id, name and ARIA attributes."""
        return f'<input type="text" {marks} value="{escape(said)}">'

    def drawn(self, said: str, problem: str, actor: Actor) -> str:
        """The whole field, with what is wrong below it."""
        own = f"find-{self.name}"
        marks = f'id="{own}" name="{self.name}"'
        error = ""
        if problem:
            marks += f' aria-invalid="true" aria-describedby="{own}-error"'
            sign = icons.icon("error", "small")
            error = f'<p class="mk-error" id="{own}-error">{sign}<span>{escape(problem)}</span></p>'
        control = self.control(said, marks, actor)
        return (
            f'<div class="mk-field"><div class="mk-label"><label for="{own}">{escape(self.label)}'
            f"</label></div>{control}{error}</div>"
        )


@dataclass(frozen=True, slots=True)
class Text(Filter):
    """A word that is looked for."""

    def read(self, said: str, _actor: Actor) -> str | None:
        """The word; none that is longer than any field."""
        if len(said) > WORD_LENGTH:
            raise Refusal(f"찾는 말은 {WORD_LENGTH}자까지 적을 수 있습니다.")
        return said or None


@dataclass(frozen=True, slots=True)
class Choice(Filter):
    """One of several values; `blank` stands for none of them."""

    choices: Choices | Callable[[Actor], Choices] = ()
    blank: str = field(default="모두", kw_only=True)

    def offered(self, actor: Actor) -> Choices:
        """The values with their words."""
        return self.choices(actor) if callable(self.choices) else self.choices

    def read(self, said: str, actor: Actor) -> str | None:
        """The value."""
        if said and all(value != said for value, _ in self.offered(actor)):
            raise Refusal("목록에 없는 값입니다. 다시 골라 주세요.")
        return said or None

    def words(self, said: str, actor: Actor) -> str:
        """The word of the value."""
        return next((str(word) for value, word in self.offered(actor) if value == said), said)

    def control(self, said: str, marks: str, actor: Actor) -> str:
        """A select."""
        options = [
            f'<option value="{escape(str(value))}"{" selected" * (value == said)}>'
            f"{escape(str(word))}</option>"
            for value, word in (("", self.blank), *self.offered(actor))
        ]
        return f"<select {marks}>{''.join(options)}</select>"


@dataclass(frozen=True, slots=True)
class Day(Filter):
    """A day."""

    def read(self, said: str, _actor: Actor) -> date | None:
        """The day, however it is written."""
        if not said:
            return None
        day = parse_date(said)
        if day.year not in YEARS:
            raise Refusal(NO_YEAR)
        return day

    def control(self, said: str, marks: str, actor: Actor) -> str:
        """The browser's own calendar; what is no day can be read in a plain field only."""
        try:
            day = self.read(said, actor)
        except Refusal:
            return f'<input type="text" inputmode="numeric" {marks} value="{escape(said)}">'
        return f'<input type="date" {marks} value="{day or ""}">'


@dataclass(frozen=True, slots=True)
class Flag(Filter):
    """Yes, or no matter."""

    def read(self, said: str, _actor: Actor) -> bool | None:
        """True or None."""
        return bool(said) or None

    def words(self, _said: str, _actor: Actor) -> str:
        """Yes."""
        return "예"

    def drawn(self, said: str, _problem: str, _actor: Actor) -> str:
        """One checkbox with its word."""
        own, checked = f"find-{self.name}", " checked" * bool(said)
        return (
            f'<div class="mk-field"><div class="mk-label mk-choice--lone">'
            f'<label class="mk-choice" for="{own}"><input type="checkbox" id="{own}" '
            f'name="{self.name}" value="1"{checked}><span>{escape(self.label)}</span></label>'
            "</div></div>"
        )


def fields(
    filters: Sequence[Filter], said: Mapping[str, str], problems: Mapping[str, str], actor: Actor
) -> SafeString:
    """The fields of a filter bar, in order."""
    drawn = (
        each.drawn(said.get(each.name, ""), problems.get(each.name, ""), actor) for each in filters
    )
    return mark_safe("".join(drawn))
