"""The one way by which access entries leave: past the kept period, and only after their seal."""

from django.db.backends.utils import CursorWrapper

PURGE = """
CREATE OR REPLACE FUNCTION access_purge(before date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    gone bigint;
BEGIN
    IF before > (now() AT TIME ZONE 'Asia/Seoul')::date - 365 THEN
        RAISE EXCEPTION 'access entries are kept for 365 days at least';
    END IF;
    DELETE FROM access_accessentry e
     WHERE e.day < before
       AND EXISTS (SELECT FROM access_accessseal s
                    WHERE s.tenant_id = e.tenant_id AND s.day = e.day);
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION access_purge(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_purge(date) TO mokmin_app;
"""
"""Runs as the owner, whom the fence holds as well: it sees only the tenant in force."""


def apply(cursor: CursorWrapper) -> None:
    """Install the function; safe to repeat."""
    cursor.execute(PURGE)
