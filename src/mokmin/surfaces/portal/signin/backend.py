"""Signing in with e-mail and password, only to a municipality one belongs to."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from mokmin.foundation.people import queries as people
from mokmin.foundation.people.models import Account


class OwnMunicipalityBackend(BaseBackend):
    """An account of another municipality is answered exactly like an unknown one."""

    def authenticate(  # type: ignore[override]  # Django binds by the names of the credentials
        self,
        _request: HttpRequest | None,
        email: str | None = None,
        password: str | None = None,
        **_credentials: Any,
    ) -> Account | None:
        """The account when it belongs here and the password is right."""
        if not email or password is None:
            return None
        account = people.account_here(email)
        if account is None:
            Account().set_password(password)  # takes as long as checking one would
            return None
        return account if account.check_password(password) else None

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session."""
        return people.account(user_id)
