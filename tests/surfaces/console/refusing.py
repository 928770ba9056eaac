"""A mail server that does not take every letter."""

import smtplib

from django.core.mail.backends import locmem


class RefusesOne(locmem.EmailBackend):
    """Knows no 김주무."""

    def send_messages(self, messages):
        for message in messages:
            if message.to == ["officer@a.example"]:
                raise smtplib.SMTPRecipientsRefused({message.to[0]: (550, b"unknown")})
        return super().send_messages(messages)


class IsDown(locmem.EmailBackend):
    """Answers nobody."""

    def send_messages(self, messages):
        raise ConnectionRefusedError(messages)
