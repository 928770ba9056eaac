"""Saving what is already so leaves no trace."""

from mokmin.foundation.access import actions, queries
from mokmin.foundation.access.states import Role
from mokmin.foundation.trail.models import Act
from tests import seed


def test_saving_settings_as_they_are_writes_no_act(actor):
    present = queries.settings()
    before = Act.objects.count()

    actions.change_settings(
        {"session_minutes": present.session_minutes, "words": {"council": " "}},
        actor=actor(Role.ADMINISTRATOR),
        at=seed.AT,
    )

    assert Act.objects.count() == before
