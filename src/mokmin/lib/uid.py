"""Identifiers for addresses: short, unguessable, never reused."""

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32 in lower case: no i, l, o, u."""

LENGTH = 10


def new_uid() -> str:
    """A new identifier of 10 base32 characters (50 random bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
