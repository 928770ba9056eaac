"""Papers of orders, reorganisations and units: a download is noted with whom they name."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from mokmin.foundation.access.models import AccessEntry
from mokmin.foundation.access.states import Handling, Role
from mokmin.foundation.files import actions as files
from mokmin.foundation.files.actions import PersonalContent, Upload
from mokmin.foundation.orgs import actions
from mokmin.foundation.orgs.models import Unit
from mokmin.foundation.orgs.sheets import OrderEntry, OrderSheet
from mokmin.foundation.orgs.states import OrderVerb
from mokmin.foundation.orgs.steps import AbolishUnit, ReorganisationPlan
from mokmin.surfaces.console.files.mine import NOT_ASKED
from mokmin.surfaces.kit import things
from tests import seed
from tests.surfaces.console import pages


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MOKMIN_FILES = tmp_path / "files"


@pytest.fixture
def order(county, soon, within):
    sheet = OrderSheet(
        "하반기 인사",
        soon,
        (
            OrderEntry("바주무", OrderVerb.TRANSFER, county.posts["재산2"]),
            OrderEntry("아주무", OrderVerb.RETIRE),
        ),
    )
    with within():
        return actions.order(sheet, actor=county.actor, at=timezone.now()).order.record


@pytest.fixture
def reorganisation(county, soon, within):
    plan = ReorganisationPlan("개편", soon, (AbolishUnit(county.units["계약팀"]),))
    with within():
        done = actions.reorganise(plan, actor=county.actor, at=timezone.now())
        return done.reorganisation.record


@pytest.fixture
def unit(county, within):
    with within():
        return Unit.objects.get(record__uid=county.units["기획팀"]).record


@pytest.fixture
def downloaded(desk, county, within):
    """What the access log says once an officer has downloaded a paper of this record."""

    def download(record):
        with within():
            paper = files.attach(
                record, Upload("붙임.txt", BytesIO(b"x")), actor=county.actor, at=timezone.now()
            )
        answer = desk(Role.OFFICER).get(reverse("console:file", args=[paper.uid]))
        with within():
            entry = AccessEntry.objects.order_by("-id").first()
        names = {uid: name for name, uid in county.people.items()}
        named = sorted(names[uid] for uid in entry.subject_uids)
        return answer.status_code, entry.handling, entry.page, entry.reason, named

    return download


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("order", "파일 붙이기·지우기"),
        ("reorganisation", "파일 붙이기·지우기"),
        ("unit", "첨부 파일"),
    ],
)
def test_the_page_of_a_record_leads_to_its_files(request, client, kind, said):
    record = request.getfixturevalue(kind)

    page = client.get(things.address(record.kind, record.uid)).content.decode()

    files = reverse("console:record-files", args=[record.uid])
    found = re.search(rf'<a[^>]* href="{files}"[^>]*>(.*?)</a>', page, re.DOTALL)
    assert pages.words(found[1]) == said
    assert client.get(files).status_code == 200


@pytest.mark.parametrize("kind", ["order", "reorganisation"])
def test_what_is_attached_stands_on_the_page_of_the_record(request, desk, county, within, kind):
    record = request.getfixturevalue(kind)
    with within():
        paper = Upload("붙임.txt", BytesIO(b"x"))
        files.attach(record, paper, actor=county.actor, at=timezone.now())

    response = desk(Role.OFFICER).get(things.address(record.kind, record.uid))

    assert [file.name for file in response.context["files"]] == ["붙임.txt"]
    assert "파일 붙이기" not in pages.text(response)


def test_the_paper_of_an_order_names_everybody_in_it(order, downloaded):
    assert downloaded(order) == (
        200, Handling.DOWNLOAD, "인사발령 첨부 파일", NOT_ASKED, ["바주무", "아주무"],
    )  # fmt: skip


def test_the_paper_of_a_reorganisation_names_whose_posts_it_ends(reorganisation, downloaded):
    assert downloaded(reorganisation) == (
        200, Handling.DOWNLOAD, "조직개편 첨부 파일", NOT_ASKED, ["마팀장", "자주무"],
    )  # fmt: skip


def test_the_paper_of_a_unit_names_who_works_in_it(unit, downloaded):
    assert downloaded(unit) == (
        200, Handling.DOWNLOAD, "부서 첨부 파일", NOT_ASKED, ["다팀장", "바주무", "사주무"],
    )  # fmt: skip


def test_a_file_of_ones_own_that_nobody_was_asked_about_can_be_downloaded(desk, county, within):
    with within():
        kept = files.keep_for(
            seed.person_of(Role.OFFICER).pk,
            Upload("올린 것.txt", BytesIO(b"x")),
            actor=county.actor,
            at=timezone.now(),
            kept_until=timezone.now() + timedelta(days=1),
            personal=PersonalContent("인사발령 올리기"),
        )

    answer = desk(Role.OFFICER).get(reverse("console:file", args=[kept.uid]))

    assert answer.status_code == 200
    assert pages.log()[-1] == ("김주무", "download", "인사발령 올리기", 0, NOT_ASKED)
