"""What every test may ask for: the two municipalities, their people, signed-in clients."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.people import queries as people
from mokmin.foundation.people.models import Account, Person
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.models import Tenant
from mokmin.surfaces.kit import middleware
from tests import database, seed
from tests.reader import Reader

pytest_plugins = ("tests.browser",)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The last to leave turns the lights off."""
    if not hasattr(session.config, "workerinput"):
        database.finish()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A clone of the template for this worker, instead of Django's own test database."""
    with django_db_blocker.unblock():
        database.prepare()
        database.clone()
        database.use(database.CLONE)
        yield
        database.drop()


@pytest.fixture
def transactional_db(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Committed data, seen by other connections and processes; afterwards a fresh clone."""
    with django_db_blocker.unblock():
        yield
        database.clone()


@pytest.fixture
def app_dsn(django_db_setup: None) -> str:
    """Address of this worker's database as mokmin_app."""
    return database.app_dsn()


@pytest.fixture
def superuser_dsn(django_db_setup: None) -> str:
    """Address of this worker's database as the superuser: what a tamperer would have."""
    return database.superuser_dsn(database.CLONE)


def _any_db(request: pytest.FixtureRequest) -> None:
    """Committed data where the test asked for it, else a transaction that is rolled back."""
    wanted = "transactional_db" if "transactional_db" in request.fixturenames else "db"
    request.getfixturevalue(wanted)


@pytest.fixture
def tenant_a(request: pytest.FixtureRequest) -> Tenant:
    """가람군 at a.localhost."""
    _any_db(request)
    return seed.tenant_of("a")


@pytest.fixture
def tenant_b(request: pytest.FixtureRequest) -> Tenant:
    """나래군 at b.localhost."""
    _any_db(request)
    return seed.tenant_of("b")


@pytest.fixture
def in_a(tenant_a: Tenant) -> Iterator[Tenant]:
    """The test runs inside 가람군."""
    with tenant(tenant_a.pk):
        yield tenant_a


@pytest.fixture
def actor(in_a: Tenant) -> Callable[[Role], Actor]:
    """The actor that the holder of a role is in 가람군."""

    def build(role: Role) -> Actor:
        found = people.actor_of(_account(role))
        assert found is not None
        return found

    return build


def _account(role: Role) -> Account:
    account = seed.person_of(role).account
    assert account is not None
    return account


@pytest.fixture
def person_of(in_a: Tenant) -> Callable[[Role], Person]:
    """The person who holds a role in 가람군."""
    return seed.person_of


@pytest.fixture
def client_a(tenant_a: Tenant) -> Client:
    """A visitor of 가람군."""
    return Reader(HTTP_HOST="a.localhost")


@pytest.fixture
def client_b(tenant_b: Tenant) -> Client:
    """A visitor of 나래군."""
    return Reader(HTTP_HOST="b.localhost")


@pytest.fixture
def signed_in(tenant_a: Tenant) -> Callable[..., Client]:
    """A client with the session of the holder of a role: `signed_in(Role.AUDITOR, "b")`."""

    def sign_in(role: Role, slug: str = "a") -> Client:
        whose = seed.tenant_of(slug)
        with tenant(whose.pk):
            account = _account(role)
        client = Reader(HTTP_HOST=f"{slug}.localhost")
        client.force_login(account)
        session = client.session
        session[middleware.SESSION_TENANT] = whose.pk
        session.save()
        return client

    return sign_in
