"""Addresses with a secret in them, as letters and the command line hand them out."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.http import int_to_base36

from mokmin.foundation.people.models import Account


def password_path(account: Account) -> str:
    """Where the account gets its first or a new password; good once, and for three days."""
    key = PasswordResetTokenGenerator().make_token(account)
    number = int_to_base36(account.pk)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": number, "key": key})
