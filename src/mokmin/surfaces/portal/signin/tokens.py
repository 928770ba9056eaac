"""Signed words in the links of letters; nothing is stored before an address has answered."""

from dataclasses import asdict, dataclass

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing
from django.urls import reverse
from django.utils.http import int_to_base36

from mokmin.foundation.people.models import Account

SALT = "mokmin.sign-up"
GOOD_FOR = 3 * 24 * 60 * 60
"""Seconds, as the letters say: three days."""


@dataclass(frozen=True, slots=True)
class SignUp:
    """Who wants to join which municipality."""

    tenant_id: int
    name: str
    email: str


def sign_up_path(wanted: SignUp) -> str:
    """Where the owner of the address goes on with signing up."""
    key = signing.dumps(asdict(wanted), salt=SALT, compress=True)
    return reverse("account_confirm_email", args=[key])


def read_sign_up(key: str, *, tenant_id: int) -> SignUp | None:
    """What was signed; None when it is old, false, or another municipality's."""
    try:
        wanted = SignUp(**signing.loads(key, salt=SALT, max_age=GOOD_FOR))
    except signing.BadSignature:
        return None
    return wanted if wanted.tenant_id == tenant_id else None


def password_path(account: Account) -> str:
    """Where the account gets its first or a new password; good once, and for three days."""
    key = PasswordResetTokenGenerator().make_token(account)
    number = int_to_base36(account.pk)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": number, "key": key})
