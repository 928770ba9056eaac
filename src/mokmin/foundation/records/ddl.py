"""The search over titles: the plain form of each, kept by trigger so that bulk writes are found as
well, an index over its pairs of characters, and the function that finds by them."""

from django.db.backends.utils import CursorWrapper

STRETCH_BITS = 10
"""Records are counted in stretches of 1,024, so that the newest can be looked at alone."""

PLAIN = r"""
CREATE OR REPLACE FUNCTION records_plain(given text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.lower(pg_catalog.regexp_replace(
        pg_catalog.normalize(given, 'NFKC'), '[[:space:][:punct:]·\u119E∙‧・•⋅]', '', 'g'))
$$;
"""
"""A text as it is compared. U+119E is what NFKC makes of ㆍ (U+318D), the middle dot of Korean
keyboards. Names are written out: with a search path of its own it could not be inlined."""

WORDS = """
CREATE OR REPLACE FUNCTION records_words(given text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(DISTINCT word)
      FROM (SELECT records_plain(part) AS word
              FROM regexp_split_to_table(given, '[[:space:]]+') AS part) AS words
     WHERE word <> ''
$$;
"""
"""The words of a text in their plain form; NULL when there is none."""

PAIRS = f"""
CREATE OR REPLACE FUNCTION records_pairs(of_tenant bigint, id bigint, plain text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_to_tsvector(array_agg(DISTINCT
               of_tenant || ':' || substr(plain, i, 2) || ':' || (id >> {STRETCH_BITS}))),
               ''::tsvector)
      FROM generate_series(1, length(plain)) AS i
$$;
"""
"""Every pair of neighbours, and the last character alone, so that one syllable is found anywhere.

In front of each stands the municipality: the index leads to its own rows only, however many others
there are. Behind it stands the stretch: one word in every third record need not be collected whole
to show the newest twenty.
"""

KEEP = """
CREATE OR REPLACE FUNCTION records_keep_bigrams() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO records_recordbigrams (tenant_id, record_id, plain)
    VALUES (NEW.tenant_id, NEW.id, records_plain(NEW.title))
    ON CONFLICT (record_id) DO UPDATE SET plain = EXCLUDED.plain;
    RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS keep_bigrams ON records_record;
CREATE TRIGGER keep_bigrams AFTER INSERT OR UPDATE OF title ON records_record
    FOR EACH ROW EXECUTE FUNCTION records_keep_bigrams();
"""

INDEX = """
CREATE INDEX IF NOT EXISTS records_pairs_gin ON records_recordbigrams
    USING gin (records_pairs(tenant_id, record_id, plain));
"""

MATCHED = """
    SELECT b.record_id FROM records_recordbigrams b
     WHERE records_pairs(b.tenant_id, b.record_id, b.plain) @@ v_query
       AND b.tenant_id + 0 = v_tenant AND b.record_id + 0 < v_before AND b.plain LIKE ALL (v_likes)
"""
"""No index but that of the pairs fits; the sums keep the others away."""

SEARCH = f"""
CREATE OR REPLACE FUNCTION records_search(
    p_text text, p_visible text[], p_units bigint[], p_kinds text[], p_without text[],
    p_before bigint, p_limit integer
) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_mergejoin = off SET enable_hashjoin = off
AS $$
DECLARE
    v_tenant bigint := nullif(current_setting('app.tenant', true), '')::bigint;
    v_words text[] := records_words(p_text);
    v_before bigint := p_before;
    v_likes text[];
    v_is_near boolean;
    v_query tsquery;
    v_found bigint[];
BEGIN
    IF v_tenant IS NULL OR v_words IS NULL THEN
        RETURN;
    END IF;
    SELECT array_agg('%' || word || '%'), min(length(word)) > 1 INTO v_likes, v_is_near
      FROM unnest(v_words) AS word;
    IF v_before IS NULL THEN
        SELECT b.record_id + 1 INTO v_before FROM records_recordbigrams b
         WHERE b.tenant_id <= v_tenant ORDER BY b.tenant_id DESC, b.record_id DESC LIMIT 1;
    END IF;
    FOR v_way IN CASE WHEN v_is_near THEN 1 ELSE 2 END .. 2 LOOP
        SELECT string_agg(way, ' | ')::tsquery INTO v_query
          FROM (SELECT string_agg(DISTINCT
                           quote_literal(v_tenant || ':' || substr(word, i, 2) || CASE
                               WHEN v_way = 1 THEN ':' || (v_before >> {STRETCH_BITS}) - stretch
                               WHEN length(word) > 1 THEN ':' ELSE '' END)
                           || CASE v_way WHEN 1 THEN '' ELSE ':*' END, ' & ') AS way
                  FROM generate_series(0, 2 - v_way) AS stretch, unnest(v_words) AS word,
                       generate_series(1, greatest(length(word) - 1, 1)) AS i
                 GROUP BY stretch) AS ways;
        v_found := ARRAY(
            WITH matched AS MATERIALIZED ({MATCHED})
            SELECT r.id
              FROM (SELECT record_id FROM matched ORDER BY record_id DESC) AS m
              JOIN records_record r ON r.tenant_id = v_tenant AND r.id = m.record_id
             WHERE (r.visibility = ANY (p_visible)
                    OR r.visibility = 'unit' AND r.unit_id = ANY (p_units))
               AND (cardinality(p_kinds) = 0 OR r.kind = ANY (p_kinds))
               AND r.kind <> ALL (p_without)
             ORDER BY m.record_id DESC
             LIMIT p_limit);
        EXIT WHEN cardinality(v_found) = p_limit;
    END LOOP;
    RETURN QUERY SELECT unnest(v_found);
END $$;
"""
"""The newest records whose titles hold every word. Row security would keep the search from the
index, hence a function of mokmin_search, which reads all plain titles and of records nothing but
those of the municipality in force. It answers numbers: whoever asks reads the records themselves
behind the fence, by their own visibility.

First the newest two stretches are looked at, then, if they do not fill the page, everything.
Matches are collected without LIMIT, else PostgreSQL may rather read all records in order. One
syllable is the beginning of a pair.
"""

SIGNATURE = "records_search(text, text[], bigint[], text[], text[], bigint, integer)"

RIGHTS = f"""
GRANT SELECT (tenant_id, record_id, plain) ON records_recordbigrams TO mokmin_search;
GRANT SELECT (tenant_id, id, kind, unit_id, visibility) ON records_record TO mokmin_search;
GRANT CREATE ON SCHEMA public TO mokmin_search;
ALTER FUNCTION {SIGNATURE} OWNER TO mokmin_search;
REVOKE CREATE ON SCHEMA public FROM mokmin_search;
REVOKE ALL ON FUNCTION {SIGNATURE} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {SIGNATURE} TO mokmin_app;
"""

FORMER = "DROP FUNCTION IF EXISTS records_bigrams(text)"
"""What the trigger called before the pairs went into the index alone."""

WAY = """
SELECT string_agg(prosrc, '' ORDER BY proname) FROM pg_proc
 WHERE pronamespace = 'public'::regnamespace AND proname IN ('records_plain', 'records_pairs')
"""
AGAIN = """
UPDATE records_recordbigrams b SET plain = records_plain(r.title)
  FROM records_record r WHERE r.id = b.record_id
"""


def apply(cursor: CursorWrapper) -> None:
    """Install functions, trigger and index; safe to repeat.

    Where titles were compared in another way before, they are all made anew.
    """
    before = _way(cursor)
    for statements in (FORMER, PLAIN, WORDS, PAIRS, KEEP):
        cursor.execute(statements)
    if before != _way(cursor):
        cursor.execute("DROP INDEX IF EXISTS records_pairs_gin")
        cursor.execute("SELECT set_config('app.maintenance', 'on', true)")
        cursor.execute(AGAIN)
        cursor.execute("SELECT set_config('app.maintenance', '', true)")
    for statements in (INDEX, SEARCH, RIGHTS):
        cursor.execute(statements)


def _way(cursor: CursorWrapper) -> str | None:
    cursor.execute(WAY)
    found: str | None = cursor.fetchone()[0]
    return found
