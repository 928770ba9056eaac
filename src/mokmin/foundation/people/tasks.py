"""What is done each night among people."""

from datetime import datetime, timedelta

from mokmin.foundation.access import queries as access
from mokmin.foundation.jobs.registry import for_each_tenant
from mokmin.foundation.people import drafts
from mokmin.foundation.tenancy import context


@for_each_tenant(name="people.purge_drafts", cron="20 18 * * *")
def purge_drafts(tenant_id: int, at: datetime) -> None:
    """Delete drafts that were left lying longer than the municipality keeps (03:20 in Seoul)."""
    with context.tenant(tenant_id):
        drafts.purge(kept_before=at - timedelta(days=access.settings().draft_days))
