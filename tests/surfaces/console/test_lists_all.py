"""What holds for every list: bad addresses, the part that htmx asks for, columns, files."""

import csv
import re
from io import StringIO

import pytest
from django.http import QueryDict
from django.urls import reverse

from mokmin.foundation.access import actions as access
from mokmin.foundation.access.states import Role
from mokmin.foundation.tenancy.context import tenant
from mokmin.surfaces.console.listings import LISTINGS
from mokmin.surfaces.kit.lists import asked
from mokmin.surfaces.kit.lists.declared import LISTINGS as DECLARED
from tests import seed
from tests.surfaces import filled, planted
from tests.surfaces.console import pages

PART = {"HX-Request": "true", "HX-Target": "section#list"}
NONSENSE = (
    "sort=none&cols=none,&rows=7&unknown=1",
    "sort=--&cols=&rows=x&after=%00&before=%27",
    "after=0000000000&before=zzzzzzzzzz",
    "after=" + "x" * 500,
    "=&&;%",
)

FILLED = 3
"""Rows that a list has at least."""

every_list = pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.route)


@pytest.fixture
def reader(signed_in):
    """A client before this list, in which there are rows."""
    planted.plant()
    with tenant(seed.tenant_of("a").pk):
        actors = {role: planted.actor_of(role) for role in (Role.ADMINISTRATOR, Role.AUDITOR)}
        access.change_settings({"mfa_roles": []}, actor=actors[Role.ADMINISTRATOR], at=seed.AT)

    def sit(listing, *, rows=FILLED):
        filled.fill(listing.route, rows)
        role = next(role for role, actor in actors.items() if listing.open_to(actor) is None)
        return signed_in(role)

    return sit


def calm(listing):
    """Looking into the access log makes it longer: what the log says of itself is left out."""
    return "word=채움" if listing.route == "console:access-log" else "word="


def test_every_list_of_the_console_is_known_to_workers():
    assert {listing.route for listing in LISTINGS} == set(DECLARED)


@every_list
def test_what_a_list_can_be_searched_by_stands_in_its_files(listing):
    asked_by = {each.name for each in listing.filters}
    without = [each.key for each in listing.columns if each.value is None]

    assert asked_by.intersection(without) == set()


@every_list
def test_an_address_that_nobody_wrote_shows_the_list(reader, listing):
    client = reader(listing)

    answers = [client.get(f"{reverse(listing.route)}?{nonsense}") for nonsense in NONSENSE]

    assert [answer.status_code for answer in answers] == [200] * len(NONSENSE)
    assert all(answer.context["shown"].rows for answer in answers)


@every_list
def test_the_part_is_the_list_of_the_page(reader, listing):
    client, url = reader(listing), f"{reverse(listing.route)}?rows=100&{calm(listing)}"

    page, part = client.get(url), client.get(url, headers=PART)

    text = part.content.decode()
    assert text.startswith('<section class="mk-list" id="list"')
    assert text.endswith("</section>")
    assert len(rows_in(text)) >= FILLED
    assert rows_in(text) == rows_in(page.content.decode())
    assert QueryDict(part["HX-Push-Url"].partition("?")[2])["rows"] == "100"
    assert {"HX-Request" in each["Vary"] for each in (page, part)} == {True}


def rows_in(text):
    return re.findall(r"<tr>.*?</tr>", text.partition("<tbody>")[2], re.DOTALL)


@every_list
def test_a_page_that_is_gone_back_to_comes_whole(reader, listing):
    """The browser's Back asks with htmx's headers, too, and for the body."""
    headers = {"HX-Request": "true", "HX-Target": "body", "HX-History-Restore-Request": "true"}

    response = reader(listing).get(reverse(listing.route), headers=headers)

    assert "<!DOCTYPE html>" in response.content.decode()


@every_list
def test_every_column_can_be_shown(reader, listing):
    keys = ",".join(column.key for column in listing.columns)

    response = reader(listing).get(f"{reverse(listing.route)}?cols={keys}")

    heads = re.findall(r'<th scope="col"', response.content.decode())
    assert len(heads) == len(listing.columns) + bool(listing.bulk)


@every_list
def test_every_list_can_be_downloaded_whole(reader, listing):
    said = {"format": "csv", "has_all": "on", "reason": "점검"}

    client, query = reader(listing), calm(listing)
    response = client.post(f"{reverse(f'{listing.route}-export')}?{query}", said)
    shown = client.get(f"{reverse(listing.route)}?{query}").context["shown"]

    titles, *rows = csv.reader(StringIO(response.content.decode("utf-8-sig")))
    assert titles == [column.title for column in listing.columns if column.value]
    assert len(rows) == len(shown.rows) >= FILLED


@every_list
def test_pages_go_forwards_and_back(reader, listing, monkeypatch):
    monkeypatch.setattr(asked, "SIZES", (2,))
    client, url = reader(listing), reverse(listing.route)

    first = client.get(f"{url}?{calm(listing)}").context["shown"]
    second = client.get(url + first.next_url).context["shown"]
    again = client.get(url + second.previous_url).context["shown"]

    assert not {*keys(first)} & {*keys(second)}
    assert keys(again) == keys(first)
    assert (first.previous_url, again.previous_url) == ("", "")
    assert again.next_url == first.next_url


def keys(shown):
    return [shown.listing.key(row) for row in shown.rows]


@every_list
def test_a_place_that_is_gone_begins_anew_and_says_so(reader, listing):
    url = reverse(listing.route)
    gone = asked.sealed(listing, "999999999" if listing.has_numbers else "zzzzzzzzzz")

    shown = reader(listing).get(f"{url}?after={gone}").context["shown"]

    assert shown.summary.startswith("보던 자리가 그 사이에 없어져, 처음부터 ")
    assert keys(shown)


@every_list
def test_nothing_found_is_not_nothing_yet(reader, listing):
    word = next((each.name for each in listing.filters if type(each).__name__ == "Text"), None)
    if word is None:
        pytest.skip("a list without a word to look for")

    response = reader(listing).get(f"{reverse(listing.route)}?{word}=없는말없는말")

    assert listing.nothing in pages.text(response)
    assert listing.nothing != listing.empty


@every_list
def test_a_view_is_kept_and_opens_the_list(reader, listing):
    client, url = reader(listing), reverse(listing.route)
    query = f"sort={listing.sort}&rows=100"

    kept = client.post(f"{url}views/?{query}", {"name": "백 줄", "asked": "rows=100"})
    client.post(f"{url}views/", {"do": "first", "view": "백 줄"})
    opened, plain = client.get(url), client.get(f"{url}?sort={listing.sort}")

    assert (kept.status_code, kept["Location"]) == (303, f"{url}?rows=100")
    assert (opened.status_code, opened["Location"]) == (302, f"{url}?rows=100")
    assert plain.status_code == 200
    assert "백 줄" in pages.text(plain)
