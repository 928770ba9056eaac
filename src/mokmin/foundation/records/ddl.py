"""The bigrams of a title, made by the database so that bulk writes are found as well, and the
search over them."""

from django.db.backends.utils import CursorWrapper

PLAIN = r"""
CREATE OR REPLACE FUNCTION records_plain(given text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.lower(pg_catalog.regexp_replace(
        pg_catalog.normalize(given, 'NFKC'), '[[:space:][:punct:]·\u119E∙‧・•⋅]', '', 'g'))
$$;
"""
"""A text as it is compared. U+119E is what NFKC makes of ㆍ (U+318D), the middle dot of Korean
keyboards. Names are written out: with a search path of its own it could not be inlined."""

BIGRAMS = """
CREATE OR REPLACE FUNCTION records_bigrams(of_tenant bigint, given text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH plain AS (SELECT records_plain(given) AS t)
    SELECT coalesce(array_to_tsvector(array_agg(DISTINCT of_tenant || ':' || substr(t, i, 2))),
                    ''::tsvector)
      FROM plain, generate_series(1, length(t)) AS i
$$;

CREATE OR REPLACE FUNCTION records_keep_bigrams() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO records_recordbigrams (tenant_id, record_id, bigrams)
    VALUES (NEW.tenant_id, NEW.id, records_bigrams(NEW.tenant_id, NEW.title))
    ON CONFLICT (record_id) DO UPDATE SET bigrams = EXCLUDED.bigrams;
    RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS keep_bigrams ON records_record;
CREATE TRIGGER keep_bigrams AFTER INSERT OR UPDATE OF title ON records_record
    FOR EACH ROW EXECUTE FUNCTION records_keep_bigrams();
"""
"""Every pair of neighbours, and the last character alone, so that one syllable is found anywhere.

Each begins with the number of its municipality: the index leads to its own rows only, however
many others there are.
"""

QUERY = """
CREATE OR REPLACE FUNCTION records_words(given text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(DISTINCT word)
      FROM (SELECT records_plain(part) AS word
              FROM regexp_split_to_table(given, '[[:space:]]+') AS part) AS words
     WHERE word <> ''
$$;

CREATE OR REPLACE FUNCTION records_query(of_tenant bigint, words text[]) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT string_agg(DISTINCT
               quote_literal(of_tenant || ':' || substr(word, i, 2))
               || CASE WHEN length(word) = 1 THEN ':*' ELSE '' END, ' & ')::tsquery
      FROM unnest(words) AS word, generate_series(1, greatest(length(word) - 1, 1)) AS i
$$;
"""
"""All words must be there; one syllable is the beginning of a pair."""

MATCHED = """
    SELECT b.record_id FROM records_recordbigrams b
     WHERE b.tenant_id = v_tenant AND b.bigrams @@ v_query
       AND (p_before IS NULL OR b.record_id < p_before)
"""

SEARCH = f"""
CREATE OR REPLACE FUNCTION records_search(
    p_text text, p_visible text[], p_units bigint[], p_kinds text[], p_without text[],
    p_before bigint, p_limit integer
) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    v_tenant bigint := nullif(current_setting('app.tenant', true), '')::bigint;
    v_words text[] := records_words(p_text);
    v_query tsquery := records_query(v_tenant, v_words);
BEGIN
    IF v_query IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH matched AS MATERIALIZED ({MATCHED})
    SELECT r.id
      FROM (SELECT record_id FROM matched ORDER BY record_id DESC) AS m
      JOIN records_record r ON r.tenant_id = v_tenant AND r.id = m.record_id
     WHERE (r.visibility = ANY (p_visible)
            OR r.visibility = 'unit' AND r.unit_id = ANY (p_units))
       AND (cardinality(p_kinds) = 0 OR r.kind = ANY (p_kinds))
       AND r.kind <> ALL (p_without)
       AND NOT EXISTS (SELECT FROM unnest(v_words) AS word
                        WHERE strpos(records_plain(r.title), word) = 0)
     ORDER BY m.record_id DESC
     LIMIT p_limit;
END $$;
"""
"""The newest records whose titles hold every word. Row security would keep the search from the
index, hence a function of mokmin_search, which reads all bigrams and of records nothing but those
of the municipality in force. It answers numbers: whoever asks reads the records themselves behind
the fence, by their own visibility.

Matches are collected without LIMIT, else PostgreSQL may rather read all records in order; whether
the words are there in one piece is asked of as many as the page needs.
"""

RIGHTS = """
GRANT SELECT (tenant_id, record_id, bigrams) ON records_recordbigrams TO mokmin_search;
GRANT SELECT (tenant_id, id, kind, title, unit_id, visibility) ON records_record TO mokmin_search;
GRANT CREATE ON SCHEMA public TO mokmin_search;
ALTER FUNCTION records_search(text, text[], bigint[], text[], text[], bigint, integer)
    OWNER TO mokmin_search;
REVOKE CREATE ON SCHEMA public FROM mokmin_search;
REVOKE ALL ON FUNCTION records_search(text, text[], bigint[], text[], text[], bigint, integer)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION records_search(text, text[], bigint[], text[], text[], bigint, integer)
    TO mokmin_app;
"""

WAY = """
SELECT string_agg(prosrc, '' ORDER BY proname) FROM pg_proc
 WHERE pronamespace = 'public'::regnamespace AND proname IN ('records_plain', 'records_bigrams')
"""
AGAIN = """
UPDATE records_recordbigrams b SET bigrams = records_bigrams(r.tenant_id, r.title)
  FROM records_record r WHERE r.id = b.record_id
"""


def apply(cursor: CursorWrapper) -> None:
    """Install functions and trigger; safe to repeat.

    Where titles were cut in another way before, they are cut anew.
    """
    before = _way(cursor)
    cursor.execute("DROP FUNCTION IF EXISTS records_bigrams(text)")
    for statements in (PLAIN, BIGRAMS, QUERY, SEARCH, RIGHTS):
        cursor.execute(statements)
    if before is not None and before != _way(cursor):
        cursor.execute("SELECT set_config('app.maintenance', 'on', true)")
        cursor.execute(AGAIN)
        cursor.execute("SELECT set_config('app.maintenance', '', true)")


def _way(cursor: CursorWrapper) -> str | None:
    cursor.execute(WAY)
    found: str | None = cursor.fetchone()[0]
    return found
