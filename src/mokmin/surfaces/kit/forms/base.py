"""What all forms have in common: the action alone judges what was written."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict

from mokmin.foundation.access.actor import VISITOR, Actor
from mokmin.lib.errors import Invalid
from mokmin.surfaces.kit.forms.kept import Kept, mark_of, values_of

RESTS = "_rests"
"""The input that says what a draft rests on."""

LOOKS = frozenset({"drop", "money"})
"""Behaviours of fields with looks of their own; the others are in the stylesheet of the frame."""


class Number(forms.Field):
    """A whole number; whatever is none becomes None, for the action to refuse."""

    widget = forms.NumberInput

    def to_python(self, value: Any) -> int | None:
        """The number."""
        text = str(value or "").strip().replace(",", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004  # far over any limit


class KeptField(BoundField):
    """A field that shows what its draft holds, as long as that still fits."""

    def value(self) -> Any:
        """What stands in the field."""
        kept: Kept | None = getattr(self.form, "kept", None)
        if self.form.is_bound or kept is None or self.name not in kept.fields:
            return super().value()
        found = self.field.widget.value_from_datadict(kept.data, MultiValueDict(), self.html_name)
        if not _fits(self.field, found):
            return super().value()
        return self.field.prepare_value(found)


def _fits(field: forms.Field, value: Any) -> bool:
    """A choice that is no longer offered would look like none at all."""
    if not isinstance(field, forms.ChoiceField):
        return True
    chosen = value if isinstance(value, list) else [value]
    return all(each in ("", None) or field.valid_value(each) for each in chosen)


class StaffForm(forms.Form):
    """A form whose `needed` fields are marked; that one is empty is said by the action.

    So every wrong field is told at once, in the words of the room that knows why.
    """

    needed: ClassVar[tuple[str, ...]] = ()
    told_at: ClassVar[dict[str, str]] = {}
    """What the action calls a problem → the field that it belongs to, where the names differ."""

    has_draft: ClassVar[bool] = False
    """Whether what is written is kept while it is written (`flow` does it)."""

    never_kept: ClassVar[tuple[str, ...]] = ()
    """Fields that a draft leaves out, besides passwords, codes, files and hidden ones."""

    swaps: ClassVar[bool] = True
    """Whether a refusal comes back into the open page; a form that answers with a file cannot."""

    use_required_attribute = False
    bound_field_class = KeptField

    kept: Kept | None = None
    """What was restored from a draft."""

    base = ""
    """The instant at which the draft was kept that this page rests on."""

    told = ""
    """What is to be said above the form without being an error."""

    asks_to_keep = False
    """Sent by the page itself, only for its draft."""

    is_only_shown = False
    """Sent only to be shown again, as with a table that gets more rows: nothing is judged."""

    def __init__(self, *args: Any, actor: Actor = VISITOR, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.actor = actor  # type: ignore[attr-defined]  # fields that look things up ask who
        self._mark(is_needed=True)

    def full_clean(self) -> None:
        """Read the fields without Django's own word on empty ones."""
        self._mark(is_needed=False)
        super().full_clean()
        self._mark(is_needed=True)
        if self.is_only_shown:
            self.errors.clear()

    def _mark(self, *, is_needed: bool) -> None:
        for name, field in self.fields.items():
            field.required = is_needed and name in self.needed

    @property
    def behaviours(self) -> tuple[str, ...]:
        """What its fields need in a browser, by name."""
        needed = {name for field in self.fields.values() for name in getattr(field, "scripts", ())}
        return tuple(sorted(needed | {"drafts"} if self.has_draft else needed))

    @property
    def script(self) -> str:
        """The built file with all of that; empty when nothing is needed."""
        return f"built/{'-'.join(self.behaviours)}.js" if self.behaviours else ""

    @property
    def styles(self) -> list[str]:
        """The built files with the looks of its fields, where few forms have such fields."""
        return [f"built/{name}.css" for name in self.behaviours if name in LOOKS]

    def pressed(self, button: str) -> bool:
        """Whether the form was sent by the button of this name."""
        return button in self.data

    def writing(self) -> Kept:
        """What a draft may keep of what was sent."""
        return replace(values_of(self, self.never_kept), rests=self.rests)

    @property
    def rests(self) -> str:
        """The mark of what stood in the form when its writer began."""
        if self.is_bound:
            return str(self.data.get(RESTS, ""))[:64].replace("\0", "")
        return self.kept.rests if self.kept and self.kept.rests else mark_of(self.initial)

    @property
    def is_overtaken(self) -> bool:
        """Whether what is being written over has changed since its writer began."""
        return self.rests not in ("", mark_of(self.initial))

    def has_done(self, action: Callable[[dict[str, Any]], object]) -> bool:
        """Whether the action took what was written; if not, the form says what is wrong.

        An action that was refused has changed nothing.
        """
        if self.asks_to_keep:
            raise RuntimeError("a form with a draft is answered by flow.answer")
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                action(self.cleaned_data)
        except Invalid as invalid:
            for problem, sentence in invalid.problems.items():
                self._tell(problem, sentence)
            return False
        return True

    def _tell(self, problem: str, sentence: str) -> None:
        """At the field, or at the cell of a table (`lines.0.person`), or above the form."""
        name, _, place = problem.partition(".")
        name = self.told_at.get(problem, self.told_at.get(name, name))
        field = self.fields.get(name)
        if field is None:
            self.add_error(None, sentence)
        elif place and hasattr(field, "problem_at"):
            self.add_error(name, field.problem_at(place, sentence))
        else:
            self.add_error(name, sentence)


class PlacedError(ValidationError):
    """A problem of one part of a field; `anchor` follows the id of the field, after a dash."""

    def __init__(self, sentence: str, *, anchor: str) -> None:
        super().__init__(sentence)
        self.anchor = anchor


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
