"""Changes of the trail as people read them: stored codes become the words of the screens."""

import json
from collections.abc import Iterator

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.states import Role
from mokmin.foundation.tenancy.vocabulary import WORD_NAMES
from mokmin.foundation.trail.columns import ChangedColumn
from mokmin.foundation.trail.queries import ActRow, ChangeRow
from mokmin.foundation.trail.states import Operation
from mokmin.lib.korean import josa
from mokmin.surfaces.kit.rows import Difference, Event

SETTINGS = access.SETTINGS_TABLE


def differences(change: ChangeRow) -> list[Difference]:
    """What is different after the change, column by column."""
    return [
        Difference(
            column.label,
            _words(change.table, column.name, column.before),
            _words(change.table, column.name, column.after),
        )
        for column in change.columns
        if column.is_changed and not _is_inner(column)
    ]


def event(act: ActRow, *, url: str) -> Event:
    """An act with its changes as one line of a history."""
    note = " · ".join(_notes(act)) or act.reason
    return Event(act.at, act.verb_label, by=act.actor_name, note=note, url=url)


def _notes(act: ActRow) -> Iterator[str]:
    """What became different; all of a new row would be noise."""
    for change in act.changes:
        for column in change.columns if change.operation is Operation.UPDATE else ():
            if column.is_personal:
                yield f"{josa(column.label, '이/가')} 바뀜"
            elif column.is_changed and not _is_inner(column):
                before = _words(change.table, column.name, column.before)
                after = _words(change.table, column.name, column.after)
                yield f"{column.label}: {before or '없음'} → {after or '없음'}"


def _is_inner(column: ChangedColumn) -> bool:
    return column.name in {"id", "tenant_id"}


def _words(table: str, column: str, shown: str) -> str:
    if table != SETTINGS or not shown:
        return shown
    if column == "mfa_roles":
        labels = dict(Role.choices)
        return ", ".join(str(labels.get(role, role)) for role in shown.split(", "))
    if column == "words":
        own = json.loads(shown)
        return ", ".join(f"{WORD_NAMES.get(name, name)} {word}" for name, word in own.items())
    return shown
