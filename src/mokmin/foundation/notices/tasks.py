"""What is done each night: notices past their time go."""

from datetime import datetime, timedelta

from mokmin.foundation.access import queries as access
from mokmin.foundation.jobs.registry import for_each_tenant
from mokmin.foundation.notices import actions
from mokmin.foundation.tenancy import context


@for_each_tenant(name="notices.forget", cron="15 18 * * *")
def forget(tenant_id: int, at: datetime) -> None:
    """Delete what is older than the municipality keeps (03:15 in Seoul)."""
    with context.tenant(tenant_id):
        actions.forget(before=at - timedelta(days=access.settings().notice_days))
