"""Sessions in the database, kept in step with the one transaction of a request."""

from functools import cache, partial
from typing import Any

from django.contrib.sessions.backends import db
from django.db import transaction
from django.utils import timezone

from mokmin.foundation.tenancy.lookup import Lookup


@cache
def _kept() -> Lookup[Any]:
    """The row of a session, while it lasts."""
    return Lookup(db.SessionStore.get_model_class(), "session_key = %s AND expire_date > %s")


class SessionStore(db.SessionStore):
    """Ends with the browser, and is deleted only after the request's transaction.

    A session whose password has changed is found out by any request, also by one that reads only.
    """

    def get_expire_at_browser_close(self) -> bool:
        """The cookie always ends with the browser; how long it may stay idle is kept here."""
        return True

    def load(self) -> dict[str, Any]:
        """What the session holds; an unknown one begins anew."""
        found = _kept()(self.session_key, timezone.now())
        if found is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(found.session_data)
        return held

    def delete(self, session_key: str | None = None) -> None:
        """Delete once the transaction is committed; at once outside of any."""
        if key := session_key or self.session_key:
            transaction.on_commit(partial(super().delete, key))
