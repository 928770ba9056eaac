"""Who is told, and ways to tell them."""

from datetime import timedelta

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.notices import actions, kinds
from mokmin.foundation.notices.actions import Message
from tests import seed


@pytest.fixture
def officer(actor):
    """The officer of 가람군."""
    return actor(Role.OFFICER)


@pytest.fixture
def tell():
    """Tell people something, so many minutes after the first."""

    def notify(title, *people, kind=kinds.ORDER, about="", minutes=0, **to):
        return actions.notify(
            kind,
            Message(title, f"{title}의 내용", about=about),
            people=[person.pk for person in people],
            at=seed.AT + timedelta(minutes=minutes),
            **to,
        )

    return notify
