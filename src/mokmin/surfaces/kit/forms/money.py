"""Money: a number with a unit, or words like 12억 3,000만; what was understood stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mokmin.lib.errors import Refusal
from mokmin.lib.won import Won, WonUnit

UNITS = (WonUnit.WON, WonUnit.THOUSAND, WonUnit.MILLION, WonUnit.EOK)
"""What a bare number may count in; a text that names its own unit needs none."""

MAN, MILLION = 10**4, 10**6
SELECTED = {True: SafeString(" selected"), False: SafeString("")}


@dataclass(frozen=True, slots=True)
class TypedMoney:
    """A text, and the unit in which a bare number of it counts."""

    text: str
    unit: WonUnit

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written."""
        return not self.text

    def won(self) -> Won:
        """What it says; raises Refusal."""
        return Won.parse(self.text, default=self.unit)


def echo(amount: int) -> str:
    """`= 1,230,000,000원 (12억 3,000만 원, 1,230백만 원)`; the script says the same."""
    others = []
    if abs(amount) >= MAN:
        others.append(Won(amount, WonUnit.MIXED).text())
    if abs(amount) >= MILLION:
        others.append(Won(amount, WonUnit.MILLION).text())
    aside = f" ({', '.join(others)})" if others else ""
    return f"= {Won(amount).text()}{aside}"


class MoneyWidget(forms.Widget):
    """An input, a choice of units, and the echo."""

    money: "MoneyField"

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> TypedMoney:
        """What was written, in which unit."""
        unit = str(data.get(f"{name}__unit", ""))
        known = {each.value: each for each in self.money.units}
        text = str(data.get(name, "") or "").strip()
        return TypedMoney(text, known.get(unit, self.money.unit))

    def render(
        self,
        name: str,
        value: Any,
        attrs: Any = None,
        renderer: Any = None,  # noqa: ARG002  # Django's signature
    ) -> SafeString:
        """The three of them."""
        typed = self.money.typed(value)
        attrs = self.build_attrs(self.attrs, attrs)
        label = attrs.get("aria-label", self.money.label or "")
        return format_html(
            '<div class="mk-money" data-money><div class="mk-money-row">'
            '<input type="text" name="{name}" value="{text}" autocomplete="off"{attrs}>{units}'
            '</div><output class="mk-money-echo" for="{at}" data-money-echo>{echo}</output></div>',
            name=name,
            text=typed.text,
            attrs=flatatt(attrs),
            units=_units(name, self.money.units, typed.unit, label=label),
            at=attrs.get("id", ""),
            echo=_echo_of(typed),
        )


def _units(name: str, units: Sequence[WonUnit], chosen: WonUnit, *, label: str) -> SafeString:
    """A choice; where there is none, the unit as a word."""
    if len(units) == 1:
        return format_html('<span data-power="{}">{}</span>', chosen.power, chosen.label)
    return format_html(
        '<select name="{}__unit" aria-label="{} 단위">{}</select>',
        name,
        label,
        format_html_join(
            "",
            '<option value="{}" data-power="{}"{}>{}</option>',
            ((each.value, each.power, SELECTED[each is chosen], each.label) for each in units),
        ),
    )


def _echo_of(typed: TypedMoney) -> str:
    """Nothing for what cannot be read: that is an error, told at its place."""
    try:
        return echo(typed.won().amount)
    except Refusal:
        return ""


class MoneyField(forms.Field):
    """An amount as Won, in whole won and remembering how it was written; empty is None."""

    scripts = ("money",)
    widget = MoneyWidget

    def __init__(
        self,
        *,
        unit: WonUnit = WonUnit.WON,
        units: Sequence[WonUnit] = UNITS,
        may_be_negative: bool = False,
        **how: Any,
    ) -> None:
        super().__init__(**how)
        self.unit = unit if unit in units else units[0]
        self.units, self.may_be_negative = units, may_be_negative
        self.widget.money = self

    def __deepcopy__(self, memo: Any) -> "MoneyField":
        """A form of its own."""
        result: MoneyField = super().__deepcopy__(memo)
        result.widget.money = result
        return result

    def to_python(self, value: Any) -> Won | None:
        """What was written, in won."""
        if not isinstance(value, TypedMoney):
            return value or None
        if value.is_blank:
            return None
        try:
            found = value.won()
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal
        if found.amount < 0 and not self.may_be_negative:
            raise ValidationError("0원이나 그보다 큰 금액을 적어 주세요.")
        return found

    def typed(self, value: Any) -> TypedMoney:
        """As the input shows it."""
        if isinstance(value, TypedMoney):
            return value
        if not isinstance(value, Won):
            return TypedMoney("", self.unit)
        if value.unit in self.units:
            return TypedMoney(value.number, value.unit)
        return TypedMoney(Won(value.amount, self.unit).number, self.unit)

    def has_changed(self, _initial: Any, _data: Any) -> bool:
        """Nobody asks."""
        return True
