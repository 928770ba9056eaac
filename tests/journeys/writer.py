"""An administrator who gives roles and takes them back, whatever happens to the server."""

import re
import threading
import time
from collections import Counter
from collections.abc import Sequence

from tests import seed
from tests.journeys.caller import LOST, Caller, codes_on, secret_on
from tests.journeys.house import POLL, House
from tests.surfaces.portal.doors import totp

SLUG, HOST, FOUNDER = "kill", "kill.localhost", "founder@kill.example"
DONE, REFUSED = "303", "409"
WRITERS = 4
LETTER_EVERY = 25


class Writer(threading.Thread):
    """Gives one person a role and takes it back, each time for a reason that occurs once."""

    def __init__(self, caller: Caller, person: str, *, share: int, deadline: float) -> None:
        super().__init__()
        self.caller, self.person, self.share, self.deadline = caller, person, share, deadline
        self.acknowledged: list[str] = []
        self.unknown: list[str] = []
        self.answers: Counter[str] = Counter()
        self.letters = 0
        self._verbs = ["grant", "revoke"]

    def run(self) -> None:
        """Until the share is acknowledged, or the time is over."""
        while len(self.acknowledged) < self.share and time.monotonic() < self.deadline:
            self._write(f"{self.person} {self.answers.total()}")
            if len(self.acknowledged) % LETTER_EVERY == 1:
                self.letters += self._post("invite") == DONE
                self._ask("GET", "grant/")
        self.caller.hang_up()

    def _write(self, reason: str) -> None:
        """A refusal tells that the write before, of which nothing was heard, had come through."""
        said = self._post(self._verbs[0], role="finance", reason=reason)
        if said == DONE:
            self.acknowledged.append(reason)
        elif said != REFUSED or not self.unknown:
            self.unknown.append(reason)
            return
        self._verbs.reverse()

    def _post(self, last: str, **form: str) -> str:
        said = self._ask("POST", f"{last}/", **form)
        self.answers[said] += 1
        return said

    def _ask(self, method: str, last: str, **form: str) -> str:
        path = f"/staff/people/{self.person}/{last}"
        try:
            if method == "GET":
                return str(self.caller.get(path).status)
            return str(self.caller.post(path, **form).status)
        except LOST:
            time.sleep(POLL)
            return "lost"


def founded(house: House) -> Sequence[str]:
    """A municipality whose administrator has a password and a second factor: recovery codes."""
    said = house.run(
        "tenant", "create", SLUG, "--name", "가람군", "--kind", "county", "--host", HOST,
        "--admin-name", "서관리", "--admin-email", FOUNDER,
    )  # fmt: skip
    caller = Caller(house.port, HOST)
    (way,) = re.findall(rf"http://{HOST}:\d+(\S+)", said)
    password = {"password1": seed.PASSWORD, "password2": seed.PASSWORD}
    caller.post(caller.get(way).location, **password)
    caller.post("/account/login/", login=FOUNDER, password=seed.PASSWORD)
    key = secret_on(caller.get("/account/second/on/"))
    codes = codes_on(caller.post("/account/second/on/", code=totp(key)))
    caller.hang_up()
    return codes


def writers(house: House, codes: Sequence[str], *, writes: int, deadline: float) -> list[Writer]:
    """Sessions of the administrator, each with a person of its own to write about."""
    return [
        _writer(house, code, number, share=writes // WRITERS, deadline=deadline)
        for number, code in enumerate(codes[:WRITERS])
    ]


def _writer(house: House, code: str, number: int, *, share: int, deadline: float) -> Writer:
    caller = Caller(house.port, HOST)
    caller.post("/account/login/", login=FOUNDER, password=seed.PASSWORD)
    caller.post("/account/login/code/", code=code)
    made = caller.post(
        "/staff/people/new/", name=f"김주무{number}", email=f"officer{number}@kill.example",
        phone="", roles=["officer"], reason="첫 등록",
    )  # fmt: skip
    found = re.fullmatch(r"/staff/people/(\w+)/", made.location)
    assert found, made
    return Writer(caller, found[1], share=share, deadline=deadline)
