"""The product's addresses, the hello page, and one that only asks."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path

from mokmin.config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@login_not_required
def hello(_request: HttpRequest) -> HttpResponse:
    """Nothing but the way through the middleware."""
    return HttpResponse("안녕하세요.")


STATEMENTS: list[tuple[str, Any]] = []
EMPTY = QueryDict()


def bare(_request: HttpRequest) -> HttpResponse:
    """What some page asks of the database, and nothing done with it."""
    count = 0
    with connection.cursor() as cursor:
        for sql, params in STATEMENTS:
            cursor.execute(sql, params)
            count += len(cursor.fetchall())
    return HttpResponse(f"{count}행")


urlpatterns = [path("hello", hello), path("bare", bare), *urlpatterns]
