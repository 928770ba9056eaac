"""The gallery: administrators see every part of every section."""

import re

import pytest

from mokmin.foundation.access.states import Role
from mokmin.surfaces.console.sample import SAMPLES
from mokmin.surfaces.kit.gallery import SECTIONS


def test_the_gallery_leads_to_every_section_and_part(desk):
    client = desk(Role.ADMINISTRATOR)

    html = client.get("/staff/kit/").content.decode()

    assert re.findall(r"<div><h2>([^<]+)</h2>", html) == [
        *(section.title for section in SECTIONS),
        "적어 보는 견본",
    ]
    assert re.findall(r'class="mk-chip" href="/staff/kit/([^"]+)"', html) == [
        f"{section.slug}/#part-{part.slug}" for section in SECTIONS for part in section.parts
    ]


def test_the_gallery_leads_to_the_forms_that_may_be_tried_out(desk):
    client = desk(Role.ADMINISTRATOR)

    html = client.get("/staff/kit/").content.decode()

    urls = re.findall(r'class="mk-chip" href="(/staff/gallery/[^"]+)"', html)
    assert len(urls) == len(SAMPLES)
    assert [client.get(url).status_code for url in urls] == [200] * len(urls)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.slug)
def test_a_section_shows_each_example_and_how_it_is_written(section, desk):
    html = desk(Role.ADMINISTRATOR).get(f"/staff/kit/{section.slug}/").content.decode()

    assert re.findall(r'<section class="mk-card" id="([^"]+)"', html) == [
        f"part-{part.slug}" for part in section.parts
    ]
    assert html.count('class="mk-example-stage"') == sum(
        len(part.examples) for part in section.parts
    )


def test_the_gallery_is_for_administrators(desk):
    refused = desk(Role.AUDITOR).get("/staff/kit/lines/")

    assert refused.status_code == 403
    assert "화면 부품은 관리자만 볼 수 있습니다." in refused.content.decode()


def test_what_an_example_sends_changes_nothing(desk):
    client = desk(Role.ADMINISTRATOR)

    answer = client.post("/staff/kit/buttons/", {"title": "견본"})

    assert (answer.status_code, answer["Location"]) == (303, "/staff/kit/buttons/")
    assert "견본이라 아무것도 바꾸지 않았습니다." in client.get(answer["Location"]).content.decode()
