"""Whatever people are told of, and whatever is due, has a page to which that leads."""

import pytest
from django.urls import resolve

from mokmin.foundation.calendar.kinds import THINGS
from mokmin.foundation.notices.kinds import KINDS
from mokmin.foundation.records import kinds
from mokmin.lib.uid import new_uid
from mokmin.surfaces.kit import things

SLUGS = sorted({*KINDS, *THINGS})


@pytest.mark.parametrize("slug", SLUGS)
def test_a_thing_leads_to_its_page(slug):
    uid = new_uid()

    found = resolve(things.address(slug, uid))

    assert (found.namespace, found.kwargs) == ("console", {"uid": uid})


@pytest.mark.parametrize(("slug", "uid"), [("order", ""), ("nothing", "aaaaaaaaaa")])
def test_what_has_no_page_leads_nowhere(slug, uid):
    assert things.address(slug, uid) == ""


def test_no_page_is_kept_for_what_nobody_is_told_of_and_takes_no_files():
    assert set(things.PAGES) - set(SLUGS) - set(kinds.labels()) == set()
