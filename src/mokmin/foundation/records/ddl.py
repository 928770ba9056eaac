"""The bigrams of a title, made by the database so that bulk writes are found as well."""

from django.db.backends.utils import CursorWrapper

BIGRAMS = r"""
CREATE OR REPLACE FUNCTION records_bigrams(given text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
    WITH plain AS (
        SELECT lower(regexp_replace(
            normalize(given, NFKC), '[[:space:][:punct:]·\u119E∙‧・•⋅]', '', 'g')) AS t
    )
    SELECT coalesce(array_to_tsvector(array_agg(DISTINCT substr(t, i, 2))), ''::tsvector)
      FROM plain, generate_series(1, greatest(length(t) - 1, 1)) AS i
     WHERE t <> ''
$$;

CREATE OR REPLACE FUNCTION records_keep_bigrams() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO records_recordbigrams (tenant_id, record_id, bigrams)
    VALUES (NEW.tenant_id, NEW.id, records_bigrams(NEW.title))
    ON CONFLICT (record_id) DO UPDATE SET bigrams = EXCLUDED.bigrams;
    RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS keep_bigrams ON records_record;
CREATE TRIGGER keep_bigrams AFTER INSERT OR UPDATE OF title ON records_record
    FOR EACH ROW EXECUTE FUNCTION records_keep_bigrams();
"""
"""U+119E is what NFKC makes of ㆍ (U+318D), the middle dot of Korean keyboards."""


def apply(cursor: CursorWrapper) -> None:
    """Install functions and trigger; safe to repeat."""
    cursor.execute(BIGRAMS)
