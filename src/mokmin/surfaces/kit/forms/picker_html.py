"""How a picker is drawn: an input, what is chosen, what is offered when a name is not enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mokmin.foundation.orgs.queries_finding import Option
from mokmin.lib.korean import josa
from mokmin.surfaces.kit import icons
from mokmin.surfaces.kit.forms.options import Kind

NOTHING = SafeString("")


@dataclass(frozen=True, slots=True)
class Shown:
    """A picker as its reader sees it."""

    text: str = ""
    option: Option | None = None
    chosen: Sequence[Option] = ()
    offers: Sequence[Option] = ()
    is_many: bool = False


def drawn(
    name: str, shown: Shown, *, kind: Kind, on: date | None, attrs: Mapping[str, object]
) -> SafeString:
    """The whole picker."""
    company = _chips(name, shown.chosen) if shown.is_many else _choice(name, shown)
    return format_html(
        '<div class="mk-picker" data-picker="{}" data-name="{}" data-found="{}" data-none="{}"{}>'
        '{}<input type="text" name="{}" value="{}" autocomplete="off"{}>{}{}</div>',
        reverse(kind.route) + (f"?on={on}" if on else ""),
        kind.name,
        josa(kind.counter, "을/를"),
        f"그런 {josa(kind.name, '을/를')} 찾지 못했습니다.",
        SafeString(" data-many") if shown.is_many else NOTHING,
        company if shown.is_many else NOTHING,
        name,
        shown.text,
        flatatt(dict(attrs)),
        _told(name, shown) if shown.is_many else company,
        _offers(name, shown, kind=kind),
    )


def _choice(name: str, shown: Shown) -> SafeString:
    """The one thing chosen, with its note; or the text for which something is offered."""
    found = shown.option
    uid, label, note = (found.uid, found.label, found.note) if found else ("", _asked(shown), "")
    return format_html(
        '<input type="hidden" name="{0}__uid" value="{1}" data-picker-uid>'
        '<input type="hidden" name="{0}__for" value="{2}" data-picker-for>'
        '<span class="mk-picker-note" data-picker-note>{3}</span>',
        name, uid, label, note,
    )  # fmt: skip


def _chips(name: str, chosen: Sequence[Option]) -> SafeString:
    """Several things chosen; without a script they are boxes to untick."""
    return format_html(
        '<ul class="mk-picked" data-picker-chips>{}</ul><template>{}</template>',
        format_html_join("", "{}", ((_chip(name, option),) for option in chosen)),
        _chip(name, Option("", "", "")),
    )


def _chip(name: str, option: Option) -> SafeString:
    return format_html(
        '<li class="mk-picked-one"><label><input type="checkbox" name="{}__uid" value="{}" checked>'
        '<span data-chip-label>{}</span>'
        '<span class="mk-picker-note" data-chip-note>{}</span></label>'
        '<button class="mk-picked-remove mk-js" type="button" data-chip-remove>{}'
        '<span class="mk-sr"><span data-chip-label>{}</span> 빼기</span></button></li>',
        name, option.uid, option.label, option.note, icons.icon("x", "small"), option.label,
    )  # fmt: skip


def _told(name: str, shown: Shown) -> SafeString:
    return format_html(
        '<input type="hidden" name="{}__for" value="{}" data-picker-for>', name, _asked(shown)
    )


def _asked(shown: Shown) -> str:
    return shown.text if shown.offers else ""


def _offers(name: str, shown: Shown, *, kind: Kind) -> SafeString:
    """What the typed name may mean."""
    if not shown.offers:
        return NOTHING
    return format_html(
        '<fieldset class="mk-picker-offers" data-picker-offers>'
        '<legend class="mk-sr">{} 고르기</legend>{}</fieldset>',
        kind.name,
        format_html_join(
            "",
            '<label class="mk-choice"><input type="{}" name="{}__pick" value="{}">'
            '<span>{}<span class="mk-picker-note">{}</span></span></label>',
            (
                ("checkbox" if shown.is_many else "radio", name, each.uid, each.label, each.note)
                for each in shown.offers
            ),
        ),
    )
