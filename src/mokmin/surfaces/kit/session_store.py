"""Sessions in the database, kept in step with the one transaction of a request."""

from functools import partial

from django.contrib.sessions.backends import db
from django.db import transaction


class SessionStore(db.SessionStore):
    """Ends with the browser, and is deleted only after the request's transaction.

    A session whose password has changed is found out by any request, also by one that reads only.
    """

    def get_expire_at_browser_close(self) -> bool:
        """The cookie always ends with the browser; how long it may stay idle is kept here."""
        return True

    def delete(self, session_key: str | None = None) -> None:
        """Delete once the transaction is committed; at once outside of any."""
        if key := session_key or self.session_key:
            transaction.on_commit(partial(super().delete, key))
