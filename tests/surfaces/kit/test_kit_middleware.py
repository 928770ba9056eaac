"""What every request meets: whose it is, what is logged, what is kept, what error pages show."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import include, path

from mokmin.config import urls
from mokmin.foundation.access.models import AccessEntry
from mokmin.foundation.access.states import Handling, Role
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.errors import Denied, Invalid
from mokmin.surfaces.kit import http, middleware
from mokmin.surfaces.kit.http import note_personal
from tests import seed


def answering(status):
    """A view that shows personal data with this status."""

    def view(request):
        note_personal(request, Handling.VIEW, "시험")
        return HttpResponse("나새롬", status=status)

    return view


def refusing(error):
    """A view that has noted something and is then refused."""

    def view(request):
        note_personal(request, Handling.CREATE, "시험")
        raise error

    return view


urlpatterns = [
    path("shown/200/", answering(200)),
    path("shown/422/", answering(422)),
    path("shown/409/", answering(409)),
    path("refused/403/", refusing(PermissionDenied("까닭입니다."))),
    path("refused/409/", refusing(Denied("까닭입니다."))),
    path("refused/422/", refusing(Invalid({"name": "까닭입니다."}))),
    path("", include(urls)),
]
handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500

here = pytest.mark.urls(__name__)


@pytest.fixture
def officer(signed_in, tenant_a):
    """An officer of 가람군."""
    return signed_in(Role.OFFICER)


def logged():
    with tenant(seed.tenant_of("a").pk):
        return list(AccessEntry.objects.order_by("id").values_list("handling", "page"))


@here
@pytest.mark.parametrize(
    ("page", "entries"),
    [
        ("shown/200", [("view", "시험")]),
        ("shown/422", [("view", "시험")]),
        ("shown/409", []),
        ("refused/409", []),
        ("refused/422", []),
    ],
)
def test_what_was_shown_is_logged_and_what_was_refused_is_not(officer, page, entries):
    officer.post(f"/{page}/")

    assert logged() == entries


@here
@pytest.mark.parametrize(
    ("page", "status"),
    [("", 200), ("shown/200/", 200), ("refused/403/", 403), ("no-such-page/", 404),
     ("refused/409/", 409), ("refused/422/", 422)],
)  # fmt: skip
def test_nothing_is_kept_of_what_is_answered_to_somebody(officer, client_a, page, status):
    response = officer.get(f"/{page}")

    assert response.status_code == status
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert "Cache-Control" not in client_a.get("/").headers


@here
@pytest.mark.parametrize("page", ["refused/409", "refused/422"])
def test_opening_a_refused_page_again_asks_for_the_same(officer, page):
    response = officer.get(f"/{page}/?word=%EA%B0%80&after=1")

    assert f'href="/{page}/?word=%EA%B0%80&amp;after=1"' in response.content.decode()


def test_who_may_not_enter_the_console_is_led_to_the_site(signed_in):
    refused = signed_in(Role.RESIDENT).get("/staff/")

    text = refused.content.decode()
    assert refused.status_code == 403
    assert '<a class="mk-btn mk-btn--primary" href="/"' in " ".join(text.split())
    assert "/staff/jobs/" not in text


def test_a_visitor_who_types_a_wrong_address_does_not_see_the_menu_of_the_console(client_a):
    missing = client_a.get("/staff/no-such-page/")

    assert missing.status_code == 404
    assert 'href="/staff/' not in missing.content.decode()


def test_names_that_are_asked_for_fill_no_memory(client_a, client_b, monkeypatch):
    monkeypatch.setattr(middleware, "_tenants", {})
    monkeypatch.setattr(middleware, "TENANTS_KEPT", 1)

    answers = [client.get("/").status_code for client in (client_a, client_b, client_a)]

    assert answers == [200] * 3
    assert list(middleware._tenants) == ["a.localhost"]


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("evil, 10.1.2.3", "10.1.2.3"),
        ("2001:DB8::1", "2001:db8::1"),
        ("1.2.3.4:5678", None),
        ("[2001:db8::1]:443", None),
        ("fe80::1%eth0", None),
        ("unknown", None),
        ("10.1.2.3,", None),
    ],
)
def test_only_a_plain_address_is_an_address(rf, settings, forwarded, address):
    settings.TRUST_FORWARDED_FOR = True

    assert http.address_of(rf.get("/", headers={"x-forwarded-for": forwarded})) == address


def test_a_strange_address_breaks_nothing_and_is_logged_as_none(client_a, settings):
    settings.TRUST_FORWARDED_FOR = True

    response = client_a.post(
        "/account/login/",
        {"login": "x@a.example", "password": "틀린 비밀번호"},
        headers={"x-forwarded-for": "1.2.3.4:5678"},
    )

    with tenant(seed.tenant_of("a").pk):
        assert list(AccessEntry.objects.values_list("address", flat=True)) == [None]
    assert response.status_code == 422
