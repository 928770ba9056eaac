"""A browser and a small site of kit pages for it: no database, the real views and stylesheets."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from csp.middleware import CSPMiddleware
from django.core.handlers.wsgi import WSGIRequest
from django.http import FileResponse, HttpResponse
from playwright.sync_api import Browser, Page

from mokmin.surfaces.kit import menu, session
from mokmin.surfaces.kit.menu import Area, Entry, Group
from tests import static
from tests.environment import ROOT
from tests.surfaces.kit import stage

BUILT = ROOT / "src/mokmin/surfaces/kit/static/built"
HASHED = re.compile(r"/static/built/([\w.-]+?)(?:\.[0-9a-f]{12})?\.(css|js|svg|woff2)")
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    """Parts name built files, also where no database is asked for."""
    static.collect()


class StageSite:
    """Pages and refusals by path; what the browser posted; how long the session still lasts."""

    def __init__(self, pages: dict[str, str], values: dict[str, object]) -> None:
        self.pages, self.values, self.posted = pages, values, []
        self.refusals: dict[str, str] = {}
        self.who, self.ends_at = stage.OFFICER.person_uid, time.time() + 1800
        self.server = make_server("127.0.0.1", 0, self, WSGIServer, Quiet)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __call__(self, environ: dict[str, object], start: Callable[..., object]) -> object:
        """Answer as the product would."""
        made = WSGIRequest(environ)
        if made.method == "POST":
            self.posted.append((made.path, made.headers.get("X-CSRFToken", made.POST.dict())))
        response = CSPMiddleware(self._answer)(made)
        start(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response

    def _answer(self, made: WSGIRequest) -> HttpResponse:
        if asset := HASHED.fullmatch(made.path):
            file = (BUILT / f"{asset[1]}.{asset[2]}").open("rb")
            return FileResponse(file, content_type=TYPES[asset[2]])
        self._dress(made)
        if made.path == "/session/":
            return self._session(made)
        if made.path in self.refusals:
            page = "{% extends shell.base %}{% block content %}<c-problem title='409'>"
            page += f"{self.refusals[made.path]}</c-problem>{{% endblock %}}"
            return HttpResponse(stage.template(page).render({}, made), status=409)
        if made.path not in self.pages:
            return HttpResponse(status=404 if made.method == "GET" else 204)
        page = stage.template(self.pages[made.path])
        return HttpResponse(page.render(dict(self.values), made))

    def _dress(self, made: WSGIRequest) -> None:
        like = stage.request(seconds=max(0, round(self.ends_at - time.time())))
        made.tenant, made.carried, made.session = like.tenant, like.carried, like.session
        made.actor = SimpleNamespace(
            account_id=1, person_uid=self.who, name="김주무", roles=frozenset()
        )
        made.user = SimpleNamespace(is_authenticated=True)

    def _session(self, made: WSGIRequest) -> HttpResponse:
        response = session.extend(made)
        self.ends_at = time.time() + made.carried.session_seconds
        return response


class Quiet(WSGIRequestHandler):
    """Keeps the list of requests to itself."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, str]], StageSite]]:
    """`site({"/staff/": "{% extends … %}"})`: a running site with these pages."""
    running: list[StageSite] = []
    group = Group("내 업무", (Entry("처음", "console:home", "home"),))
    monkeypatch.setattr(menu, "AREAS", {})
    menu.declare(Area("/", "base_staff.html", "성과관리", "console:home", menu=(group,)))

    def run(pages: dict[str, str], values: dict[str, object] | None = None) -> StageSite:
        found = StageSite(pages, values or {})
        threading.Thread(target=found.server.serve_forever, daemon=True).start()
        running.append(found)
        return found

    yield run
    for found in running:
        found.server.shutdown()
        found.server.server_close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of: content policy, errors of scripts."""
    return []


@pytest.fixture
def window(browser: Browser, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """`window(width=390, has_js=False)`: a page of a fresh profile; `beside=` shares a profile."""
    contexts = []

    def opened(*, width: int = 1280, has_js: bool = True, beside: Page | None = None) -> Page:
        context = beside.context if beside else None
        if context is None:
            context = browser.new_context(
                viewport={"width": width, "height": 844}, java_script_enabled=has_js
            )
            contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
