"""Settings of a municipality: who changes them, and what they refuse."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from mokmin.foundation.access import actions, queries, rules
from mokmin.foundation.access.models import Settings
from mokmin.foundation.access.states import Role
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail import queries as trail
from mokmin.lib.errors import Denied, Invalid

AT = datetime(2026, 7, 2, tzinfo=UTC)


def test_what_is_not_named_keeps_its_value(actor):
    administrator = actor(Role.ADMINISTRATOR)

    actions.change_settings({"session_minutes": 60}, actor=administrator, at=AT)
    actions.change_settings({"contact_unit": "총무과"}, actor=administrator, at=AT)

    found = queries.settings()
    assert (found.session_minutes, found.contact_unit, found.access_log_days) == (
        60, "총무과", 731,
    )  # fmt: skip


def test_each_municipality_has_its_own(actor, tenant_b):
    actions.change_settings({"session_minutes": 60}, actor=actor(Role.ADMINISTRATOR), at=AT)

    with tenant(tenant_b.pk):
        assert queries.settings().session_minutes == 30


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}), ids=str)
def test_only_administrators_change_them(actor, role):
    with pytest.raises(Denied) as caught:
        actions.change_settings({"session_minutes": 60}, actor=actor(role), at=AT)

    assert caught.value.reason == "기관 설정은 관리자만 보고 고칠 수 있습니다."


def test_every_wrong_setting_is_told_at_once(actor):
    wrong = {
        "session_minutes": None,
        "access_log_days": 365,
        "mfa_roles": ["king"],
        "contact_unit": "가" * 61,
        "contact_phone": "전화",
        "words": {"council": "가" * 11, "throne": "왕좌"},
    }

    with pytest.raises(Invalid) as caught:
        actions.change_settings(wrong, actor=actor(Role.ADMINISTRATOR), at=AT)

    assert caught.value.problems == {
        "session_minutes": "5에서 480 사이의 숫자로 적어 주세요.",
        "access_log_days": "366에서 3,650 사이의 숫자로 적어 주세요.",
        "mfa_roles": "목록에 없는 역할입니다: king.",
        "contact_unit": "60자까지 적을 수 있습니다.",
        "contact_phone": "숫자와 붙임표(-)로 적어 주세요. 예: 055-940-0000",
        "word_council": "10자까지 적을 수 있습니다.",
        "word_throne": "목록에 없는 어휘입니다: throne.",
    }


def test_a_refused_change_leaves_nothing(actor):
    before = (trail.length(), list(Settings.objects.values()))

    with pytest.raises(Invalid):
        actions.change_settings({"session_minutes": 4}, actor=actor(Role.ADMINISTRATOR), at=AT)

    assert (trail.length(), list(Settings.objects.values())) == before


@pytest.mark.parametrize("minutes", [5, 480])
@pytest.mark.parametrize("days", [366, 3650])
def test_the_limits_themselves_are_taken(actor, minutes, days):
    actions.change_settings(
        {"session_minutes": minutes, "access_log_days": days},
        actor=actor(Role.ADMINISTRATOR),
        at=AT,
    )

    assert (queries.settings().session_minutes, queries.settings().access_log_days) == (
        minutes, days,
    )  # fmt: skip


def test_empty_words_do_not_count(actor):
    actions.change_settings(
        {"words": {"council": " ", "team": " 팀 "}}, actor=actor(Role.ADMINISTRATOR), at=AT
    )

    assert queries.settings().words == {"team": "팀"}


def test_what_is_no_setting_is_refused(actor):
    with pytest.raises(Invalid) as caught:
        actions.change_settings(
            {"tenant_id": 2, "id": 5, "session_minutes": 60},
            actor=actor(Role.ADMINISTRATOR),
            at=AT,
        )

    assert caught.value.problems == {"id": "없는 설정입니다.", "tenant_id": "없는 설정입니다."}
    assert queries.settings().session_minutes == 30


def test_every_column_but_the_own_ones_is_a_setting():
    columns = {field.attname for field in Settings._meta.concrete_fields}

    assert columns - {"id", "tenant_id"} == rules.SETTING_NAMES


def test_the_table_knows_only_roles_that_there_are(in_a):
    with pytest.raises(IntegrityError, match="access_settings_mfa_roles"), transaction.atomic():
        Settings.objects.update(mfa_roles=["king"])
