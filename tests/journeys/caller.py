"""A person without a browser: cookies, forms, and answers as they come."""

import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

PATIENCE = 30.0
TOKEN, TOKEN_FIELD = "csrftoken", "csrfmiddlewaretoken"
LOST = (OSError, http.client.HTTPException)
"""What a connection comes to when the other end is killed."""


@dataclass(frozen=True)
class Answer:
    """What came back; nothing is followed and nothing is sent twice."""

    status: int
    location: str
    text: str


@dataclass
class Caller:
    """One session at one municipality of a server on this machine."""

    port: int
    host: str
    cookies: dict[str, str] = field(default_factory=dict)
    line: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """Read a page."""
        return self._ask("GET", path)

    def post(self, path: str, **form: str | list[str]) -> Answer:
        """Send a form, with the token that its page would carry."""
        if TOKEN not in self.cookies:
            self.get("/account/login/")
        body = urlencode({**form, TOKEN_FIELD: self.cookies[TOKEN]}, doseq=True)
        return self._ask("POST", path, body)

    def hang_up(self) -> None:
        """Close the connection; the session stays."""
        if self.line:
            self.line.close()
            self.line = None

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {
            "Host": f"{self.host}:{self.port}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            self.line.request(method, path, body, headers)
            response = self.line.getresponse()
            text = response.read().decode()
        except LOST:
            self.hang_up()
            raise
        for said in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: each.value for name, each in SimpleCookie(said).items()}
        where = urlsplit(response.headers.get("Location", ""))
        return Answer(response.status, where._replace(scheme="", netloc="").geturl(), text)


def codes_on(page: Answer) -> list[str]:
    """The recovery codes that the page shows."""
    return re.findall(r"<li>(\d{8})</li>", page.text)


def secret_on(page: Answer) -> str:
    """The key for an app that the page shows."""
    found = re.search(r'data-value="([A-Z2-7]+)"', page.text)
    assert found, page
    return found[1]
