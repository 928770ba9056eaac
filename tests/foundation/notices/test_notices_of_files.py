"""Administrators are told of files that are not what they were."""

from datetime import timedelta

import pytest

from mokmin.foundation.access.actor import SYSTEM
from mokmin.foundation.access.states import Role
from mokmin.foundation.files import checking, signals
from mokmin.foundation.files.models import FileCheck
from mokmin.foundation.notices.models import Notice
from tests import seed


def told():
    return list(Notice.objects.values_list("person__name", "kind", "title", "about"))


@pytest.fixture
def check(in_a):
    def over(problems):
        made = FileCheck.objects.create(begun_at=seed.AT)
        signals.integrity_checked.send(
            FileCheck, report=made.uid, problems=problems, is_news=True, at=seed.AT
        )
        return made.uid

    return over


def test_administrators_are_told_of_trouble(check):
    uid = check(problems=3)

    assert told() == [("서관리", "file-check", "파일 점검에서 문제 3건을 찾았습니다.", uid)]


def test_nobody_is_told_that_all_is_well(check):
    check(problems=0)

    assert told() == []


def test_auditors_and_officers_are_not_told(check, actor):
    check(problems=1)

    assert not Notice.objects.filter(person_id=actor(Role.AUDITOR).person_id).exists()


def test_what_lasts_is_told_once_and_told_again_when_it_changes(in_a):
    nights = (["a"], ["a"], ["a", "b"], [], ["a"])
    for number, strangers in enumerate(nights):
        at = seed.AT + timedelta(days=number)
        check = checking.begin(job_uid=f"night-{number}", at=at)
        checking.end(check, strangers, actor=SYSTEM, at=at)

    assert list(Notice.objects.order_by("id").values_list("title", "at")) == [
        ("파일 점검에서 문제 1건을 찾았습니다.", seed.AT),
        ("파일 점검에서 문제 2건을 찾았습니다.", seed.AT + timedelta(days=2)),
        ("파일 점검에서 문제 1건을 찾았습니다.", seed.AT + timedelta(days=4)),
    ]
