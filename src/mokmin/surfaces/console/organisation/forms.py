"""What these forms have in common: an action cannot judge a day or a person that is not there."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError

from mokmin.surfaces.kit.forms.base import StaffForm


class DemandingForm(StaffForm):
    """A form that says by itself, and all at once, which of its `demanded` fields are empty."""

    demanded: ClassVar[dict[str, str]] = {}

    def clean(self) -> dict[str, Any]:
        """Tell every empty one."""
        found = super().clean() or self.cleaned_data
        for name, sentence in self.demanded.items():
            if name not in self.errors and found.get(name) in (None, "", ()):
                self.add_error(name, sentence)
        return found


def written_day(form: StaffForm, name: str = "on") -> date | None:
    """The day that stands in a form, whether it was sent or begun; the form says what is wrong."""
    value = form[name].value()
    try:
        found = form.fields[name].to_python(value) if value else None
    except ValidationError:
        return None
    return found if isinstance(found, date) else None
