"""Who changes the calendar, and something whose day it moves."""

from dataclasses import dataclass, field
from datetime import date, datetime

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.calendar import kinds
from mokmin.foundation.calendar.kinds import DatedThing, Due, Move
from tests import seed


@pytest.fixture
def administrator(actor):
    """The administrator of 가람군."""
    return actor(Role.ADMINISTRATOR)


@dataclass
class Papers:
    """A room with papers that are due five working days after they came; kept in memory."""

    came: dict[str, date] = field(default_factory=dict)
    due: dict[str, date] = field(default_factory=dict)
    shifted: list[tuple[str, str, datetime]] = field(default_factory=list)

    def take(self, uid, came, days):
        self.came[uid] = came
        self.due[uid] = days.add(came, 5)

    def dues(self, first, last, person_id):
        return [
            Due(uid, f"서류 {uid}", on, seed.AT)
            for uid, on in self.due.items()
            if first <= on <= last and person_id is None
        ]

    def recount(self, days):
        after = {uid: days.add(came, 5) for uid, came in self.came.items()}
        return [
            Move(uid, f"서류 {uid}", on, after[uid])
            for uid, on in self.due.items()
            if after[uid] != on
        ]

    def shift(self, moves, actor, at):
        for move in moves:
            self.due[move.uid] = move.after
            self.shifted.append((move.uid, actor.name, at))

    def touched_at(self):
        return seed.AT if self.due else None


@pytest.fixture
def papers():
    """What the room has, made known to the calendar for one test."""
    room = Papers()
    kinds.contributes(
        DatedThing(
            slug="tests-paper",
            name="서류 기한",
            dues=room.dues,
            recount=room.recount,
            shift=room.shift,
            touched_at=room.touched_at,
        )
    )
    yield room
    del kinds.THINGS["tests-paper"]
