"""What is done each night: records of units are called as their units are from that day on."""

from datetime import datetime

from mokmin.foundation.jobs.registry import for_each_tenant
from mokmin.foundation.orgs import actions
from mokmin.foundation.tenancy import context


@for_each_tenant(name="orgs.retitle_units", cron="5 15 * * *")
def retitle_units(tenant_id: int, at: datetime) -> None:
    """Take the names that begin today (00:05 in Seoul); queries read the spans anyway."""
    with context.tenant(tenant_id):
        actions.retitle_units(at=at)
