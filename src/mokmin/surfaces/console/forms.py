"""What the forms of the console have in common: the action alone judges what was written."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms

from mokmin.lib.errors import Invalid


class Number(forms.Field):
    """A whole number; whatever is none becomes None, for the action to refuse."""

    widget = forms.NumberInput

    def to_python(self, value: Any) -> int | None:
        """The number."""
        text = str(value or "").strip().replace(",", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004  # far over any limit


class StaffForm(forms.Form):
    """A form whose `needed` fields are marked; that one is empty is said by the action.

    So every wrong field is told at once, in the words of the room that knows why.
    """

    needed: ClassVar[tuple[str, ...]] = ()
    told_at: ClassVar[dict[str, str]] = {}
    """What the action calls a problem → the field that it belongs to, where the names differ."""
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mark(is_needed=True)

    def full_clean(self) -> None:
        """Read the fields without Django's own word on empty ones."""
        self._mark(is_needed=False)
        super().full_clean()
        self._mark(is_needed=True)

    def _mark(self, *, is_needed: bool) -> None:
        for name, field in self.fields.items():
            field.required = is_needed and name in self.needed

    def has_done(self, action: Callable[[dict[str, Any]], None]) -> bool:
        """Whether the action took what was written; if not, the form says what is wrong."""
        if not self.is_valid():
            return False
        try:
            action(self.cleaned_data)
        except Invalid as invalid:
            for problem, sentence in invalid.problems.items():
                name = self.told_at.get(problem, problem)
                self.add_error(name if name in self.fields else None, sentence)
            return False
        return True


class ReasonForm(StaffForm):
    """Why something is done."""

    needed: ClassVar[tuple[str, ...]] = ("reason",)

    reason = forms.CharField(
        label="사유",
        help_text="누가 언제 왜 했는지 변경 이력에 남습니다.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Filters(forms.Form):
    """The conditions of a list, in its address; one that cannot be read does not count."""

    use_required_attribute = False

    @property
    def asked(self) -> dict[str, Any]:
        """What could be read."""
        self.is_valid()
        return self.cleaned_data


def date_input() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
