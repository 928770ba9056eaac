"""A stage for the parts: the frame of a signed-in officer or of a visitor, without database."""

from types import SimpleNamespace

from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from django.template import engines
from django.template.backends.django import Template
from django.test import RequestFactory

from mokmin.foundation.access.actor import VISITOR, Actor
from mokmin.foundation.access.models import Settings
from mokmin.foundation.access.states import Role
from mokmin.foundation.tenancy.models import Tenant

OFFICER = Actor(
    account_id=1,
    person_id=1,
    person_uid="0123456789",
    name="김주무",
    roles=frozenset({Role.ADMINISTRATOR, Role.OFFICER}),
)


def request(path: str = "/staff/", *, actor: Actor = OFFICER, seconds: int = 1800) -> HttpRequest:
    """A request as the middleware hands it to a view."""
    made = RequestFactory().get(path)
    made.tenant = Tenant(name="가람군", slug="garam")
    made.actor = actor
    made.carried = SimpleNamespace(
        settings=Settings(tenant_id=1), session_seconds=seconds, request_id="a1"
    )
    made.session = SessionStore()
    return made


def visit(path: str = "/") -> HttpRequest:
    """A visitor's request."""
    return request(path, actor=VISITOR, seconds=0)


def render(source: str, *, on: HttpRequest | None = None, **context: object) -> str:
    """A template written in the test, with runs of white space as one."""
    return " ".join(template(source).render(context, on or request()).split())


def template(source: str) -> Template:
    """Cotton compiles files only; a string needs the same step."""
    loader = engines["django"].engine.template_loaders[0]
    while not hasattr(loader, "cotton_compiler"):
        loader = loader.loaders[0]
    return engines["django"].from_string(loader.cotton_compiler.process(source))
