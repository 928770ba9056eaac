"""`{% load kit %}`: icons, states and local times."""

from collections.abc import Sequence
from datetime import date, datetime

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mokmin.surfaces.kit import charts, icons, rows, tones
from mokmin.surfaces.kit import tree as trees
from mokmin.surfaces.kit.charts.numbers import Number

register = template.Library()


@register.simple_block_tag(takes_context=True)
def keep(context: Context, content: str, name: str) -> str:
    """`{% keep "page_title" %}…{% endkeep %}`: shows what is inside and keeps it for later."""
    context[name] = content
    return content


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """`{% icon "print" %}`, `{% icon "print" "small" %}`."""
    return icons.icon(name, size)


@register.simple_tag
def mark() -> SafeString:
    """`{% mark %}`: the sign of the product in its box."""
    return icons.mark()


@register.simple_tag
def shape(tone: str) -> SafeString:
    """`{% shape "late" %}`: the shape of a tone."""
    return tones.shape(tone)


@register.simple_tag
def alert_icon(tone: str) -> SafeString:
    """`{% alert_icon "warn" %}`: the icon of an alert of this tone."""
    return icons.icon(tones.ALERT_ICONS[tone])


@register.simple_tag
def page_style(name: str) -> SafeString:
    """`{% page_style "charts" %}` in the block page_style: the looks that few pages need."""
    return format_html('<link rel="stylesheet" href="{}">', static(f"built/{name}.css"))


@register.simple_tag
def chart(value: charts.Chart) -> SafeString:
    """`{% chart by_unit %}`: a chart with its sentence, its unit and its data as a table."""
    return charts.figure(value)


@register.simple_tag
def progress(
    label: str, percent: Number | None, tone: str, *, planned: Number | None = None
) -> SafeString:
    """`{% progress "백업 확인" 60 "ok" %}`: a bar with its figure; the part is `<c-progress>`."""
    return charts.progress(label, percent, tone, planned=planned)


@register.simple_tag
def tree(nodes: Sequence[trees.Node], label: str) -> SafeString:
    """`{% tree nodes label="조직" %}`: a hierarchy; `<c-tree>` adds its buttons."""
    return trees.tree(nodes, label=label)


@register.filter
def message_tone(level_tag: str) -> str:
    """`{{ message.level_tag|message_tone }}`: the tone of a Django message."""
    return tones.MESSAGE_TONES[level_tag]


@register.filter
def moment(value: datetime | None) -> SafeString:
    """`{{ act.at|moment }}`: 2026. 3. 31. 14:05."""
    return rows.moment(value)


@register.filter
def day(value: date | None) -> SafeString:
    """`{{ period.first|day }}`: 2026. 3. 31."""
    return rows.day(value)


@register.filter
def worded(text: str) -> SafeString:
    """`{{ entry.text|worded }}`: in a narrow column, endless words can be broken."""
    return SafeString(rows.worded(text))


@register.filter
def in_fours(secret: str) -> str:
    """`{{ secret|in_fours }}`: ABCD EFGH, easier to type from the screen."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
