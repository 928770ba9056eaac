"""A browser's manners for Django's test client: what is streamed is read to its end."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client


class Reader(Client):
    """Reads files as it reads pages, so that none is left open."""

    def request(self, **request: Any) -> Any:
        """The answer, whole."""
        answer = super().request(**request)
        if not isinstance(answer, StreamingHttpResponse):
            return answer
        whole = HttpResponse(
            b"".join(answer), status=answer.status_code, headers=dict(answer.headers)
        )
        whole.cookies = answer.cookies
        whole.wsgi_request = answer.wsgi_request  # type: ignore[attr-defined]  # the client's own
        return whole
