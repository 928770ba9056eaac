"""What is done with several rows at once (일괄 작업): asked once more, then told row by row."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from mokmin.foundation.access.states import Handling
from mokmin.foundation.tenancy.keyset import Window
from mokmin.lib.errors import Denied
from mokmin.surfaces.kit.http import MokminRequest, note_personal
from mokmin.surfaces.kit.lists import asked, table
from mokmin.surfaces.kit.lists.declared import Bulk, Listing, asks
from mokmin.surfaces.kit.lists.parts import MOST_AT_ONCE, too_many

SESSION = "mokmin.bulk"


def page(request: MokminRequest, listing: Listing) -> HttpResponse:
    """Ask with the rows in view; do it; tell what became of each of them."""
    said = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" and "done" in said:
        return _told(request, listing)
    wanted = next((each for each in listing.bulk if each.name == said.get("do")), None)
    if wanted is None:
        raise Http404
    if why := wanted.open_to(request.actor):
        raise PermissionDenied(why)
    marks = list(dict.fromkeys(said.getlist("uid")))
    if len(marks) > MOST_AT_ONCE:
        raise Denied(too_many(listing))
    rows = _rows(request, listing, marks)
    form = wanted.form(request.POST or None)
    refused: dict[str, str] = {}

    def do(values: dict[str, Any]) -> None:
        refused.update(_do(request, listing, wanted, rows, values))

    if request.method == "POST" and rows and form.has_done(do):
        kept = [asked.mark(listing, row) for row in rows]
        done = {"do": wanted.name, "uids": kept, "refused": refused, "back": said.get("back", "")}
        request.session[SESSION] = done
        return HttpResponseRedirect(f"{listing.address('bulk')}?done=1", status=303)
    context = {
        "listing": listing,
        "wanted": wanted,
        "form": form,
        "rows": _named(listing, rows),
        "back": f"{listing.address()}?{said.get('back', '')}",
        "kept": said.get("back", ""),
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "lists/bulk.html", context, status=status)


def _rows(request: MokminRequest, listing: Listing, marks: Sequence[str]) -> Sequence[Any]:
    """The rows that were ticked, as far as this person still sees them."""
    keys = tuple(key for mark in marks if (key := asked.place(listing, mark.replace("\0", ""))))
    if not keys:
        return ()
    window = Window(listing.sort, uids=keys, limit=MOST_AT_ONCE)
    rows = listing.rows(asks(request, window, {}))
    if rows and listing.subjects:
        subjects = listing.subjects(rows)
        note_personal(request, Handling.VIEW, listing.said_name, subjects=subjects)
    return rows


def _named(listing: Listing, rows: Sequence[Any]) -> list[tuple[str, str]]:
    return [(asked.mark(listing, row), table.name_of(listing, row)) for row in rows]


def _do(
    request: MokminRequest, listing: Listing, wanted: Bulk, rows: Sequence[Any], values: Any
) -> dict[str, str]:
    """Do it to each row on its own; those that were refused, each with its reason.

    What was entered is the same for all: raises Invalid when it cannot be taken.
    """
    refused, touched = {}, []
    for row in rows:
        try:
            with transaction.atomic():
                wanted.run(listing.key(row), values, actor=request.actor, at=timezone.now())
        except Denied as denied:
            refused[asked.mark(listing, row)] = denied.reason
        else:
            touched.append(row)
    if touched and listing.subjects:
        name, subjects = f"{listing.said_name} {wanted.label}", listing.subjects(touched)
        note_personal(request, Handling.UPDATE, name, subjects=subjects)
    return refused


def _told(request: MokminRequest, listing: Listing) -> HttpResponse:
    """What became of each row."""
    done = request.session.get(SESSION)
    if done is None or done["do"] not in (each.name for each in listing.bulk):
        return HttpResponseRedirect(listing.address())
    rows = _named(listing, _rows(request, listing, done["uids"]))
    context = {
        "listing": listing,
        "wanted": next(each for each in listing.bulk if each.name == done["do"]),
        "done": [name for mark, name in rows if mark not in done["refused"]],
        "refused": [
            (name, done["refused"][mark]) for mark, name in rows if mark in done["refused"]
        ],
        "back": f"{listing.address()}?{done['back']}",
    }
    return TemplateResponse(request, "lists/bulk_done.html", context)
