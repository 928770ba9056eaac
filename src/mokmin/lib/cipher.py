"""Texts that lie encrypted where they are kept, under a key made from the installation's own."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


class WrongKey(Exception):
    """The text was not encrypted by any of these keys, or not at all."""


class Cipher:
    """Encrypts under the first secret and decrypts under each: so a secret can be changed.

    Each `purpose` has a key of its own, so nothing decrypts what was written for another.
    """

    def __init__(self, secrets: Sequence[str], *, purpose: str) -> None:
        self._keys = MultiFernet([Fernet(_derived(secret, purpose)) for secret in secrets])

    def encrypt(self, text: str) -> str:
        """Another one every time, and longer."""
        return self._keys.encrypt(text.encode()).decode()

    def decrypt(self, encrypted: str) -> str:
        """The text; raises WrongKey."""
        try:
            return self._keys.decrypt(encrypted.encode()).decode()
        except InvalidToken as error:
            raise WrongKey from error


def _derived(secret: str, purpose: str) -> bytes:
    derivation = HKDF(SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode())
    return base64.urlsafe_b64encode(derivation.derive(secret.encode()))
