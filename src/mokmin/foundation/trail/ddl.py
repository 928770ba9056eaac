"""Functions, triggers and grants of the trail, made from the models' own metadata.

A step of the fence: runs as the owner after every migration and repairs whatever is missing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from django.db.backends.utils import CursorWrapper

from mokmin.foundation.tenancy import fence
from mokmin.foundation.tenancy.models import Trailed
from mokmin.foundation.trail import twins

SQL = files("mokmin.foundation.trail") / "sql"

IDENTITY = ("id", "tenant_id")
"""Columns that every row has and no change shows; the change carries them itself."""

ROW, BEFORE, INSERT, DELETE, UPDATE, TRUNCATE = 1, 2, 4, 8, 16, 32
"""Bits of pg_trigger.tgtype."""

GRANTS = """
REVOKE INSERT ON trail_act, trail_change, trail_seal, trail_link, trail_head FROM mokmin_app;
REVOKE ALL ON trail_salt FROM mokmin_app;
GRANT INSERT (id, tenant_id, uid, verb, actor_person_id, actor_name, reason, request_id, at,
              subject_table, subject_id, subject_uid, subject_title) ON trail_act TO mokmin_app;
REVOKE EXECUTE ON FUNCTION trail_note(), trail_seal(), trail_link(), trail_refuse(),
    trail_enter(bigint), trail_hide(bigint, text, bigint, text, text),
    trail_hide_columns(bigint, text, bigint, text[], jsonb),
    trail_write(bigint, text, bigint, text, jsonb, jsonb),
    trail_purge_salt(text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trail_purge_salt(text, bigint) TO mokmin_app;
"""
"""An act names its database account by the column's default, so nobody can name another's."""

EXISTING = """
SELECT t.tgname, c.relname, p.proname, t.tgtype, encode(t.tgargs, 'escape'),
       t.tgdeferrable AND t.tginitdeferred, t.tgenabled = 'O'
  FROM pg_trigger t
  JOIN pg_class c ON c.oid = t.tgrelid
  JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE NOT t.tgisinternal AND c.relnamespace = 'public'::regnamespace
   AND (t.tgname = 'trail' OR t.tgname LIKE 'trail\\_%')
"""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger as it should stand in the catalogue."""

    table: str
    name: str
    function: str
    events: int
    arguments: tuple[str, ...] = ()
    is_deferred: bool = False

    def create(self) -> str:
        """The statement that makes it."""
        names = {INSERT: "INSERT", UPDATE: "UPDATE", DELETE: "DELETE", TRUNCATE: "TRUNCATE"}
        events = " OR ".join(name for bit, name in names.items() if self.events & bit)
        when = "BEFORE" if self.events & BEFORE else "AFTER"
        each = "ROW" if self.events & ROW else "STATEMENT"
        arguments = ", ".join(f"'{argument}'" for argument in self.arguments)
        kind = "CONSTRAINT TRIGGER" if self.is_deferred else "TRIGGER"
        deferred = "DEFERRABLE INITIALLY DEFERRED" if self.is_deferred else ""
        return (
            f'CREATE {kind} {self.name} {when} {events} ON "{self.table}" {deferred} '
            f'FOR EACH {each} EXECUTE FUNCTION "{self.function}"({arguments})'
        )

    def drop(self) -> str:
        """The statement that takes it away."""
        return f'DROP TRIGGER IF EXISTS {self.name} ON "{self.table}"'


OWN_TRIGGERS = (
    Trigger("trail_act", "trail_seal", "trail_seal", ROW | INSERT, is_deferred=True),
    Trigger("trail_seal", "trail_link", "trail_link", ROW | INSERT, is_deferred=True),
    *(
        Trigger(table, "trail_refuse", "trail_refuse", BEFORE | UPDATE | DELETE | TRUNCATE)
        for table in ("trail_act", "trail_change", "trail_seal", "trail_link")
    ),
)
"""Names decide the order: a table's triggers run in that of the alphabet."""


def apply(cursor: CursorWrapper) -> None:
    """Bring functions, triggers, twins and grants into the state that the models ask for."""
    for name in ("functions.sql", "verify.sql"):
        cursor.execute((SQL / name).read_text(encoding="utf-8"))
    cursor.execute(GRANTS)
    watched = {
        model._meta.db_table: model.trailed
        for model in fence.standing_models(cursor)
        if model.trailed is not None
    }
    _set_triggers(cursor, OWN_TRIGGERS)
    wanted = [*OWN_TRIGGERS, *watch(cursor, watched)]
    _forget(cursor, {(trigger.table, trigger.name) for trigger in wanted})


def watch(cursor: CursorWrapper, tables: Mapping[str, Trailed]) -> list[Trigger]:
    """Put tables under the trail, each as it asks for; the triggers that now stand on them.

    A twin starts with the rows of this moment, and does so again after its trigger was off.
    """
    for table, trailed in tables.items():
        if trailed.twin:
            twins.shape(cursor, table, trailed)
    wanted = [trigger for table, trailed in tables.items() for trigger in triggers(table, trailed)]
    for trigger in _set_triggers(cursor, wanted):
        if trigger.name == twins.TRIGGER:
            twins.begin(cursor, trigger.table, tables[trigger.table])
    return wanted


def triggers(table: str, trailed: Trailed) -> Iterator[Trigger]:
    """What stands on a watched table."""
    columns = (trailed.personal, (*IDENTITY, *trailed.silent))
    arguments = tuple("{" + ",".join(names) + "}" for names in columns)
    yield Trigger(table, "trail", "trail_note", ROW | INSERT | UPDATE | DELETE, arguments)
    yield Trigger(table, "trail_refuse", "trail_refuse", BEFORE | TRUNCATE)
    if trailed.twin:
        yield Trigger(table, twins.TRIGGER, twins.function(table), ROW | INSERT | UPDATE | DELETE)


def _set_triggers(cursor: CursorWrapper, wanted: Iterable[Trigger]) -> list[Trigger]:
    """Make those that are missing, different or switched off; returns them."""
    sound = _existing(cursor)
    made = [trigger for trigger in wanted if sound.get((trigger.table, trigger.name)) != trigger]
    for trigger in made:
        cursor.execute(trigger.drop())
        cursor.execute(trigger.create())
    return made


def _forget(cursor: CursorWrapper, wanted: set[tuple[str, str]]) -> None:
    """Take the triggers off tables that are watched no longer; their twins keep the past."""
    for table, name in _existing(cursor):
        if (table, name) not in wanted:
            cursor.execute(f'DROP TRIGGER {name} ON "{table}"')


def _existing(cursor: CursorWrapper) -> dict[tuple[str, str], Trigger | None]:
    """Every trigger of the trail by table and name; None for one that is switched off."""
    cursor.execute(EXISTING)
    return {
        (table, name): Trigger(
            table, name, function, events, tuple(arguments.split("\\000")[:-1]), is_deferred
        )
        if is_on
        else None
        for name, table, function, events, arguments, is_deferred, is_on in cursor.fetchall()
    }
