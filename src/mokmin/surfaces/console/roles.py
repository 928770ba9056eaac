"""The choice of roles, each with what it may do, for whoever gives it."""

from collections.abc import Collection

from django.forms.boundfield import BoundField, BoundWidget
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mokmin.foundation.access.states import MEANING, Role
from mokmin.surfaces.kit.rows import Column, tr

COLUMNS = (Column("역할", names_row=True), Column("할 수 있는 일"))


def rows(field: BoundField, offered: Collection[str] = Role) -> list[SafeString]:
    """The choices of a form as rows of a table: the role with what it may do."""
    return [
        tr(COLUMNS, (_choice(choice), MEANING[Role(choice.data["value"])]))
        for choice in field
        if choice.data["value"] in offered
    ]


def _choice(choice: BoundWidget) -> SafeString:
    return format_html(
        '<label class="mk-choice" for="{}">{}<span>{}</span></label>',
        choice.id_for_label,
        choice.tag(),
        choice.choice_label,
    )
