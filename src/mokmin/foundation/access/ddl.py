"""Functions of the access log: what a seal says of a day, and the one way by which entries go."""

from django.db.backends.utils import CursorWrapper

from mokmin.foundation.access import rules

DIGEST = """
CREATE OR REPLACE FUNCTION access_digest(
    p_day date, p_format integer, OUT entry_count bigint, OUT digest bytea
)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT count(*),
           sha256(convert_to(coalesce(string_agg(CASE p_format WHEN 1 THEN
               jsonb_build_array(
                   e.tenant_id, e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.day,
                   e.identifier, e.person_uid, e.name, host(e.address), e.handling, e.page,
                   e.subject_uids, e.subject_count, e.reason, e.request_id)::text
           END, E'\\n' ORDER BY e.id), ''), 'UTF8'))
      FROM access_accessentry e
     WHERE e.tenant_id = nullif(current_setting('app.tenant', true), '')::bigint
       AND e.day = p_day
$$;
REVOKE ALL ON FUNCTION access_digest(date, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_digest(date, integer) TO mokmin_app;
"""
"""Every format ever used stays: a seal says by which one it was made."""

PURGE = f"""
CREATE OR REPLACE FUNCTION access_purge(p_today date, OUT before date, OUT gone bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    tenant bigint := nullif(current_setting('app.tenant', true), '')::bigint;
    kept integer := coalesce(
        (SELECT access_log_days FROM access_settings WHERE tenant_id = tenant),
        {rules.ACCESS_LOG_USUAL_DAYS});
BEGIN
    before := least(p_today, (now() AT TIME ZONE 'Asia/Seoul')::date)
              - greatest(kept, {rules.ACCESS_LOG_DAYS[0]});
    DELETE FROM access_accessentry e
     WHERE e.tenant_id = tenant
       AND e.day < before
       AND EXISTS (SELECT FROM access_accessseal s
                    WHERE s.tenant_id = e.tenant_id AND s.day = e.day);
    GET DIAGNOSTICS gone = ROW_COUNT;
END $$;
REVOKE ALL ON FUNCTION access_purge(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_purge(date) TO mokmin_app;
"""
"""Runs as the owner and names the tenant itself, so that no setting of the caller widens it."""


def apply(cursor: CursorWrapper) -> None:
    """Install the functions; safe to repeat."""
    cursor.execute(DIGEST)
    cursor.execute(PURGE)
