"""Letters (메일) of sign-in: written and sent by jobs, in the name of the municipality."""

from typing import Any

from django.core.mail import EmailMessage

from mokmin.surfaces.kit import letters

post = letters.post


def write(name: str, *, to: str, tenant_id: int, **values: Any) -> EmailMessage:
    """The letter of this name."""
    return letters.write(f"account/email/{name}.txt", to=to, tenant_id=tenant_id, **values)
