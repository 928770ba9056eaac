"""People whom no other journey knows, and what reaches them: letters, sessions that grow old."""

import email
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email import policy
from itertools import count

from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.jobs.models import Job
from mokmin.foundation.jobs.states import OPEN
from mokmin.foundation.people import actions as people
from mokmin.foundation.people import queries
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Account, Person
from mokmin.foundation.tenancy.context import tenant
from mokmin.surfaces.kit import middleware
from mokmin.surfaces.kit.session_store import SessionStore
from tests import database, seed
from tests.journeys import site as sites
from tests.journeys.conftest import Visit
from tests.journeys.house import until
from tests.journeys.site import Site

BETWEEN = "-" * 79
"""What the file for mail has after each letter."""

REASON = "여정 시험"

_numbers = count(1)


@dataclass(frozen=True)
class Newcomer:
    """Somebody taken in for one journey."""

    name: str
    email: str
    slug: str = "a"

    def sign_in(self, visit: Visit, password: str = seed.PASSWORD) -> None:
        """Fill in the form of the sign-in page that stands open, or open it."""
        if "/account/login/" not in visit.page.url:
            visit.open("/account/login/")
        main = visit.page.get_by_role("main")
        main.get_by_label("전자우편").fill(self.email)
        main.get_by_label("비밀번호", exact=True).fill(password)
        main.get_by_role("button", name="로그인").click()


def sign_out(page: Page) -> None:
    """By the menu under one's own name."""
    page.locator("details.mk-menu > summary").last.click()
    page.get_by_role("banner").get_by_role("button", name="로그아웃").click()
    expect(page.get_by_text("로그아웃했습니다.")).to_be_visible()


@dataclass(frozen=True)
class Letter:
    """A letter as its reader sees it."""

    to: str
    subject: str
    text: str

    @property
    def link(self) -> str:
        """The one link in it."""
        (found,) = re.findall(r"https?://\S+", self.text)
        return str(found)


@contextmanager
def database_of(slug: str = "a") -> Iterator[None]:
    """Inside a municipality of the running site."""
    database.use(sites.NAME)
    try:
        with tenant(seed.tenant_of(slug).pk):
            yield
    finally:
        database.use(database.CLONE)


@contextmanager
def newcomer(*roles: Role, slug: str = "a", name: str = "노새로") -> Iterator[Newcomer]:
    """A person who has a password already, with these roles until the block ends."""
    made = Newcomer(name, f"newcomer{next(_numbers)}@{slug}.example", slug)
    with database_of(slug):
        person = people.invite(
            Contact(made.name, made.email),
            roles=roles,
            reason=REASON,
            actor=_administrator(slug),
            at=timezone.now(),
        )
        assert person.account
        people.set_password(person.account, seed.PASSWORD)
    yield made
    leave(made)


def leave(whom: Newcomer) -> None:
    """Take every role back: in each role there is one person whom all tests know."""
    with database_of(whom.slug):
        person = Person.objects.get(email=whom.email)
        for held in person.grants.filter(revoked_at__isnull=True):
            actor = _administrator(whom.slug)
            people.revoke(person, held.role, reason=REASON, actor=actor, at=timezone.now())


def _administrator(slug: str) -> Actor:
    account = Account.objects.get(email=seed.email_of(Role.ADMINISTRATOR, slug))
    found = queries.actor_of(account)
    assert found
    return found


def letters(site: Site, to: str) -> list[Letter]:
    """Every letter to this address so far, oldest first."""
    texts = [text for file in site.mails() for text in file.split(BETWEEN) if text.strip()]
    found = [email.message_from_string(text.lstrip(), policy=policy.default) for text in texts]
    return [
        Letter(str(each["To"]), str(each["Subject"]).strip(), each.get_content())
        for each in found
        if each["To"] == to
    ]


def letter(site: Site, to: str) -> Letter:
    """The first letter to this address, once the worker has sent it."""
    return until(lambda: letters(site, to), what=f"a letter to {to}")[0]


def until_letters_are_sent(slug: str = "a") -> None:
    """Every letter asked for so far has gone out, or has failed."""

    def none_waits() -> bool:
        with database_of(slug):
            return not Job.objects.filter(task__startswith="portal.send", state__in=OPEN).exists()

    until(none_waits, what="no letter waits")


class Clock:
    """Lets time pass for one browser: for its pages, and for its session in the database."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        context.clock.install()

    def __call__(self, **passed: float) -> None:
        """So much later."""
        seconds = timedelta(**passed)
        with database_of():
            session = SessionStore(self._key())
            session[middleware.SESSION_REFRESHED] -= seconds.total_seconds()
            session.set_expiry(session.get_expiry_date() - seconds)
            session.save()
        self.context.clock.fast_forward(int(seconds.total_seconds() * 1000))

    def seconds_left(self) -> float:
        """How long the session in the database still lasts."""
        with database_of():
            return float(
                (SessionStore(self._key()).get_expiry_date() - timezone.now()).total_seconds()
            )

    def _key(self) -> str:
        (key,) = [
            each["value"] for each in self.context.cookies() if each["name"] == "mokmin_session"
        ]
        return str(key)
