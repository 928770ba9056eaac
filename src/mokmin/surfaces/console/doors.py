"""Who may open a page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase

from mokmin.foundation.access import queries as access
from mokmin.foundation.access.actor import Actor
from mokmin.surfaces.kit.http import MokminRequest

P = ParamSpec("P")
Answer = TypeVar("Answer", bound=HttpResponseBase)
View = Callable[Concatenate[MokminRequest, P], Answer]


def open_to(why_not: Callable[[Actor], str | None]) -> Callable[[View[P, Answer]], View[P, Answer]]:
    """The view for those against whom nothing is said; the others read the reason (403)."""

    def decorate(view: View[P, Answer]) -> View[P, Answer]:
        @wraps(view)
        def guarded(request: MokminRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
            if why := why_not(request.actor):
                raise PermissionDenied(why)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


open_to_staff = open_to(access.why_not_staff)
