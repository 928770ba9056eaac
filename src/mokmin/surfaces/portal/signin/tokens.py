"""Sealed words in the links of letters; nothing is stored before an address has answered."""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from mokmin.lib.cipher import Cipher, WrongKey

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
    """Where the owner of the address goes on with signing up.

    Encrypted: the logs and histories that a link passes through learn neither name nor address.
    """
    key = _cipher().encrypt(signing.dumps(asdict(wanted), salt=SALT, compress=True))
    return reverse("account_confirm_email", args=[key])


def read_sign_up(key: str, *, tenant_id: int) -> SignUp | None:
    """What the link says; None when it is old, false, or another municipality's."""
    try:
        wanted = SignUp(**signing.loads(_cipher().decrypt(key), salt=SALT, max_age=GOOD_FOR))
    except (WrongKey, signing.BadSignature):
        return None
    return wanted if wanted.tenant_id == tenant_id else None


def _cipher() -> Cipher:
    secrets = [str(each) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return Cipher(secrets, purpose=SALT)
