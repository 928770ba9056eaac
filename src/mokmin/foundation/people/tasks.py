"""Nightly care for the access log; it lies below jobs and cannot ask for them itself."""

from datetime import datetime

from mokmin.foundation.access import actions as access
from mokmin.foundation.jobs.registry import for_each_tenant
from mokmin.foundation.tenancy import context
from mokmin.lib.korean import in_seoul


@for_each_tenant(name="people.keep_access_log", cron="30 15 * * *")
def keep_access_log(tenant_id: int, at: datetime) -> None:
    """Seal the days that are over, then purge what is past its time (00:30 in Seoul)."""
    with context.tenant(tenant_id):
        today = in_seoul(at).date()
        access.seal_access_log(today=today, at=at)
        access.purge_access_log(today=today, at=at)
