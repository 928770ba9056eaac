"""Finding units, people and posts by words, for pickers, the search and tables pasted in.

Spaces, points and capitals do not count (`records_plain`). Residents are no people of the
organisation; posts of one name in one unit are told apart by numbers.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import connection

from mokmin.foundation.access.states import STAFF
from mokmin.foundation.orgs.queries import holding
from mokmin.foundation.orgs.states import AssignmentKind, UnitKind

TEXT_LENGTH = 100
"""Longer texts are looked for by their beginning: no name is as long."""


_holds = partial(holding, day="%(on)s")

OWN_POST_FIRST = f"a.kind <> '{AssignmentKind.FULL}', a.kind, a.id"

PLACES = f"""
WITH RECURSIVE place (unit_id, name, path, ways) AS (
    SELECT s.unit_id, s.name, CASE s.kind WHEN '{UnitKind.HEAD}' THEN '' ELSE s.name END::text,
           ARRAY[s.name::text]
      FROM orgs_unitspan s WHERE s.parent_id IS NULL AND {_holds("s")}
    UNION ALL
    SELECT s.unit_id, s.name, ltrim(place.path || ' ' || s.name),
           ARRAY(SELECT way || ' ' || s.name FROM unnest(place.ways) way) || s.name::text
      FROM place JOIN orgs_unitspan s ON s.parent_id = place.unit_id AND {_holds("s")}
), unit AS (
    SELECT r.uid, place.name AS label, left(place.path, -length(place.name) - 1) AS note,
           coalesce(' · 옛 이름: ' || former.names, '') AS extra,
           concat_ws(' ', place.name, former.names) AS own,
           coalesce(nullif(place.path, ''), place.name) AS tail,
           concat_ws(' ', place.path, place.name, former.names) AS whole, place.ways,
           '' AS duties, '{{}}'::text[] AS people
      FROM place
      JOIN orgs_unit u ON u.id = place.unit_id
      JOIN records_record r ON r.id = u.record_id
      LEFT JOIN LATERAL (
          SELECT string_agg(DISTINCT f.name, ', ') AS names FROM orgs_unitspan f
           WHERE f.unit_id = place.unit_id AND f.until_on <= %(on)s AND f.name <> place.name
      ) AS former ON true
), named AS (
    SELECT p.uid, s.post_id, s.duties, s.title, place.ways,
           ltrim(place.path || ' ' || s.title) AS name,
           row_number() OVER (PARTITION BY s.unit_id, s.title ORDER BY s.position, s.post_id) AS nth
      FROM orgs_postspan s JOIN orgs_post p ON p.id = s.post_id
      JOIN place ON place.unit_id = s.unit_id
     WHERE {_holds("s")}
), standing AS MATERIALIZED (
    SELECT *, name || CASE nth WHEN 1 THEN '' ELSE ' ' || nth END AS label FROM named
), post AS (
    SELECT standing.*, coalesce(held.names, '비어 있음') AS note, '' AS extra, label AS tail,
           NULL::text AS own, concat_ws(' ', label, held.names, duties) AS whole,
           coalesce(held.uids, '{{}}') AS people
      FROM standing LEFT JOIN LATERAL (
          SELECT string_agg(h.name || CASE a.kind WHEN '{AssignmentKind.FULL}' THEN ''
                                                  WHEN '{AssignmentKind.ACTING}' THEN '(직무대리)'
                                                  ELSE '(겸임)' END,
                            ', ' ORDER BY {OWN_POST_FIRST}) AS names,
                 array_agg(h.uid::text) AS uids
            FROM orgs_assignment a JOIN people_person h ON h.id = a.person_id
           WHERE a.post_id = standing.post_id AND {_holds("a")}
      ) AS held ON true
), place_of_person AS (
    SELECT DISTINCT ON (a.person_id) a.person_id, standing.label
      FROM orgs_assignment a JOIN standing ON standing.post_id = a.post_id
     WHERE {_holds("a")} ORDER BY a.person_id, {OWN_POST_FIRST}
), person AS (
    SELECT h.uid, h.name AS label, coalesce(w.label, '') AS note, '' AS extra, h.name AS own,
           h.name AS tail, concat_ws(' ', h.name, w.label) AS whole, h.email,
           w.label IS NULL AS has_no_post, '' AS duties, ARRAY[h.uid::text] AS people
      FROM people_person h LEFT JOIN place_of_person w ON w.person_id = h.id
     WHERE h.closed_at IS NULL
       AND (EXISTS (SELECT FROM people_grant g WHERE g.person_id = h.id AND g.revoked_at IS NULL
                       AND g.role = ANY (%(staff)s))
            OR EXISTS (SELECT FROM orgs_assignment a WHERE a.person_id = h.id))
)
"""
"""What there is on a day, as it is labelled.

`whole` must hold all words asked for and `own`, if there is such, one of them; or `tail` must end
in the text. `extra` is noted where the label does not show why something was found. `ways` are the
unit with its superiors, as far up as one cares to write them.
"""

FIND = """
SELECT uid, label,
       CASE WHEN strpos(p_tail, plain) > 0 THEN note ELSE ltrim(note || extra, ' ·') END,
       people, duties
  FROM (SELECT each.*, asked.*, records_plain(own) AS p_own, records_plain(whole) AS p_whole,
               records_plain(tail) AS p_tail
          FROM {kind} AS each,
               (SELECT records_words(%(text)s) AS words, records_plain(%(text)s) AS plain) AS asked
        OFFSET 0) AS each
 WHERE plain <> ''
   AND (right(p_tail, length(plain)) = plain
        OR (EXISTS (SELECT FROM unnest(words) w WHERE strpos(coalesce(p_own, p_whole), w) > 0)
            AND NOT EXISTS (SELECT FROM unnest(words) w WHERE strpos(p_whole, w) = 0)))
 ORDER BY {first},
          NOT EXISTS (SELECT FROM unnest(words) w WHERE strpos(records_plain(label), w) = 1),
          label, note, uid
 LIMIT %(limit)s
"""
BY_LABEL = "strpos(p_tail, plain) = 0"
FIND_UNITS = PLACES + FIND.format(kind="unit", first=BY_LABEL)
FIND_PEOPLE = PLACES + FIND.format(kind="person", first="has_no_post")
FIND_POSTS = PLACES + FIND.format(kind="post", first=BY_LABEL)

ONES = "SELECT uid, label, note, people FROM {kind} WHERE uid = ANY (%(uids)s)"
NAMED = """, keyed (plain, uid, label, note, people) AS MATERIALIZED (
    SELECT DISTINCT records_plain(key), uid, label, note, people FROM {kind}, unnest({keys}) AS key
)
SELECT asked.word, keyed.uid, keyed.label, keyed.note, keyed.people
  FROM unnest(%(words)s::text[]) AS asked (word) JOIN keyed ON keyed.plain = records_plain(word)
 WHERE keyed.plain <> '' ORDER BY keyed.label, keyed.note, keyed.uid
"""
COMING = """
SELECT each.kind, each.uid, each.label, each.from_on, coalesce(o.uid, ''), coalesce(o.title, '')
  FROM (SELECT 'unit' AS kind, r.uid, s.name AS label, s.name AS whole, s.from_on, s.opened_by_id
          FROM orgs_unitspan s
          JOIN orgs_unit u ON u.id = s.unit_id
          JOIN records_record r ON r.id = u.record_id
         WHERE s.from_on > %(on)s
           AND NOT EXISTS (SELECT FROM orgs_unitspan t WHERE t.unit_id = s.unit_id
                              AND t.until_on = s.from_on AND t.name = s.name)
         UNION ALL
        SELECT 'post', p.uid, l.name || ' ' || s.title, concat_ws(' ', l.name, s.title, s.duties),
               s.from_on, s.opened_by_id
          FROM orgs_postspan s
          JOIN orgs_post p ON p.id = s.post_id
          JOIN orgs_unitspan l ON l.unit_id = s.unit_id AND l.from_on <= s.from_on
                              AND (l.until_on IS NULL OR l.until_on > s.from_on)
         WHERE s.from_on > %(on)s) AS each
  LEFT JOIN orgs_reorganisation o ON o.id = each.opened_by_id
 WHERE records_plain(%(text)s) <> ''
   AND NOT EXISTS (SELECT FROM unnest(records_words(%(text)s)) AS w
                    WHERE strpos(records_plain(each.whole), w) = 0)
 ORDER BY each.kind = 'post', each.from_on, each.label, each.uid
 LIMIT %(limit)s
"""
"""Units that come to be or get another name after a day, and posts that come or change."""

KEYS = {
    "unit": "ways",
    "person": "ARRAY[label, email, label || note]",
    "post": "ARRAY(SELECT way || title FROM unnest(ways) way) || ARRAY[label, label || note, uid]",
}


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: its address, what it is called, and what tells it from its like.

    `people` are those whose names it shows, by address; `duties` are told of posts that were found.
    """

    uid: str
    label: str
    note: str
    people: tuple[str, ...] = ()
    duties: str = ""


@dataclass(frozen=True, slots=True)
class ComingOption:
    """A unit or post (`kind`) as it will be, and the reorganisation that is registered for it."""

    kind: str
    uid: str
    label: str
    from_on: date
    reorganisation: str
    reorganisation_title: str


def find_coming(text: str, *, on: date, limit: int = 10) -> tuple[ComingOption, ...]:
    """Units and posts registered for a day after this one, units first."""
    asked = text[:TEXT_LENGTH].replace("\0", "")
    return tuple(ComingOption(*row) for row in _rows(COMING, on=on, text=asked, limit=limit))


def find_units(text: str, *, on: date, limit: int = 10) -> tuple[Option, ...]:
    """Units by name, by name with superiors, or by a former name."""
    return _found(FIND_UNITS, text, on=on, limit=limit)


def find_people(text: str, *, on: date, limit: int = 10) -> tuple[Option, ...]:
    """People by name, or by name and unit; those with a post come first."""
    return _found(FIND_PEOPLE, text, on=on, limit=limit)


def find_posts(text: str, *, on: date, limit: int = 10) -> tuple[Option, ...]:
    """Posts by unit, title, duties and whoever is in them."""
    return _found(FIND_POSTS, text, on=on, limit=limit)


def units_of(uids: Collection[str], *, on: date) -> Mapping[str, Option]:
    """Units that are there on the day, by address."""
    return _by_uid("unit", uids, on)


def people_of(uids: Collection[str], *, on: date) -> Mapping[str, Option]:
    """People of the organisation by address."""
    return _by_uid("person", uids, on)


def posts_of(uids: Collection[str], *, on: date) -> Mapping[str, Option]:
    """Posts that are there on the day, by address."""
    return _by_uid("post", uids, on)


def units_named(words: Collection[str], *, on: date) -> Mapping[str, tuple[Option, ...]]:
    """The units that each text names: by name, with or without superiors."""
    return _by_word("unit", words, on)


def people_named(words: Collection[str], *, on: date) -> Mapping[str, tuple[Option, ...]]:
    """The people that each text names: by name, e-mail address, or name with post."""
    return _by_word("person", words, on)


def posts_named(words: Collection[str], *, on: date) -> Mapping[str, tuple[Option, ...]]:
    """The posts that each text names: by unit and title, with or without holder, or by number."""
    return _by_word("post", words, on)


def _found(sql: str, text: str, *, on: date, limit: int) -> tuple[Option, ...]:
    return _options(sql, on=on, text=text[:TEXT_LENGTH].replace("\0", ""), limit=limit)


def _by_uid(kind: str, uids: Collection[str], on: date) -> Mapping[str, Option]:
    asked = [uid for uid in uids if "\0" not in uid]
    found = _options(PLACES + ONES.format(kind=kind), on=on, uids=asked)
    return {option.uid: option for option in found}


def _by_word(kind: str, words: Collection[str], on: date) -> Mapping[str, tuple[Option, ...]]:
    sql = PLACES + NAMED.format(kind=kind, keys=KEYS[kind])
    asked = sorted({word for word in words if "\0" not in word})
    found: defaultdict[str, tuple[Option, ...]] = defaultdict(tuple)
    for word, *option in _rows(sql, on=on, words=asked):
        found[word] += (_option(*option),)
    return {word: found[word] for word in words}


def _options(sql: str, **asked: Any) -> tuple[Option, ...]:
    return tuple(_option(*row) for row in _rows(sql, **asked))


def _option(uid: str, label: str, note: str, people: list[str], duties: str = "") -> Option:
    return Option(uid, label, note, tuple(people), duties)


def _rows(sql: str, **asked: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {**asked, "staff": sorted(STAFF)})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
