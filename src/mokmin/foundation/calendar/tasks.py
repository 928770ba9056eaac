"""What the calendar does by itself: knowing the years to come."""

from datetime import datetime

from mokmin.foundation.calendar import actions
from mokmin.foundation.jobs.registry import for_each_tenant
from mokmin.foundation.tenancy import context
from mokmin.lib.korean import in_seoul


@for_each_tenant(name="calendar.seed", cron="5 15 * * *")
def seed(tenant_id: int, at: datetime) -> None:
    """Write down the years up to three ahead (00:05 in Seoul); on most nights there is nothing."""
    with context.tenant(tenant_id):
        actions.seed(today=in_seoul(at).date(), at=at)
