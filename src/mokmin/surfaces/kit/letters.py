"""Letters (메일): written from a text template and sent in the name of the municipality."""

import smtplib
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from mokmin.foundation.access import queries as access
from mokmin.foundation.tenancy import queries as tenancy
from mokmin.lib.errors import Denied

NOT_TAKEN = "메일 서버가 메일을 받지 않았습니다. 메일 설정을 확인하고 다시 요청해 주세요."


def write(template: str, *, to: str, tenant_id: int, **values: Any) -> EmailMessage:
    """The letter of this template, whose first line is the subject."""
    tenant = tenancy.by_id(tenant_id)
    known = {"tenant": tenant, "settings": access.settings(), "to": to, **values}
    subject, _, body = render_to_string(template, known).strip().partition("\n")
    sender = formataddr((tenant.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    return EmailMessage(subject, f"{body.strip()}\n", sender, [to])


def post(letter: EmailMessage) -> None:
    """Send it, outside of any transaction; raises Denied when the mail server does not take it."""
    try:
        letter.send()
    except (smtplib.SMTPException, OSError) as error:
        raise Denied(NOT_TAKEN) from error
