"""The trail keeps no names of those it is about: they are looked for among people, and logged."""

import csv
import io

import pytest

from mokmin.foundation.access.states import Role
from mokmin.foundation.people import actions as people
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail import queries as trail
from tests import seed
from tests.surfaces.console import pages

PAGE = "/staff/trail/?name=%EB%B2%95%EB%AC%B4"
"""?name=법무"""


@pytest.fixture
def acts(tenant_a, keeper):
    """윤법무 gets a role and 조예산 loses one, in both municipalities the first."""
    with tenant(tenant_a.pk):
        by = {"actor": keeper, "at": seed.AT}
        people.grant(seed.person_of(Role.LEGAL), Role.PUBLICITY, reason="겸무", **by)
        people.revoke(seed.person_of(Role.FINANCE), Role.FINANCE, reason="이임", **by)


def test_acts_about_a_person_are_found_by_name(acts, desk):
    shown = pages.text(desk(Role.AUDITOR).get(PAGE))

    assert ("겸무" in shown, "이임" in shown) == (True, False)


def test_whose_acts_were_looked_for_is_kept_in_the_access_log(acts, desk):
    auditor = desk(Role.AUDITOR)

    auditor.get("/staff/trail/")
    auditor.get(PAGE)

    assert pages.log()[-1:] == [("강감사", "view", "변경 이력", 1, "")]
    assert [entry[2] for entry in pages.log()].count("변경 이력") == 1


def test_a_name_that_nobody_has_finds_nothing_and_logs_nothing(acts, desk):
    before = pages.log()

    shown = pages.text(desk(Role.AUDITOR).get("/staff/trail/?name=없는이름"))

    assert "조건에 맞는 이력이 없습니다." in shown
    assert pages.log() == before


def test_the_download_needs_its_reason_only_when_people_were_looked_for(acts, desk):
    auditor, export = desk(Role.AUDITOR), PAGE.replace("/?", "/export/?")

    plain = auditor.get("/staff/trail/export/")
    asked = auditor.get(export)
    refused = auditor.post(export, {"format": "csv"})
    given = auditor.post(export, {"format": "csv", "reason": "감사 자료"})

    assert ("reason" in plain.context["form"].fields, "reason" in asked.context["form"].fields) == (
        False,
        True,
    )
    assert (refused.status_code, given.status_code) == (422, 200)
    rows = list(csv.reader(io.StringIO(b"".join(given).decode("utf-8-sig"))))
    assert {row[1] for row in rows[1:]} == {"계정 초대", "역할 부여"}
    assert pages.log()[-1] == ("강감사", "download", "변경 이력", 1, "감사 자료")


def test_acts_that_changed_a_person_without_being_about_them_are_found(tenant_a, keeper):
    with tenant(tenant_a.pk):
        person = seed.person_of(Role.LEGAL)
        about = ("people_person", [person.pk])
        acts = trail.acts(trail.ActFilter(about=about))

        assert [act.subject_uid for act in acts] == [person.uid]
        assert trail.acts(trail.ActFilter(about=("people_person", []))) == []


def test_an_administrator_finds_no_more_than_the_own_part_of_the_trail(acts, desk):
    shown = pages.text(desk(Role.ADMINISTRATOR).get(PAGE))

    assert ("겸무" in shown, "이임" in shown) == (True, False)
