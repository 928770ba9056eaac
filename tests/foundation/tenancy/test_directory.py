"""The 243 local governments, counted as on 2026-07-01, and where old codes went."""

from collections import Counter

import pytest

from mokmin.foundation.tenancy import directory
from mokmin.foundation.tenancy.states import TenantKind

PROVINCES = {
    "서울특별시": 25,
    "전남광주통합특별시": 27,
    "부산광역시": 16,
    "대구광역시": 9,
    "인천광역시": 11,
    "대전광역시": 5,
    "울산광역시": 5,
    "경기도": 31,
    "강원특별자치도": 18,
    "충청북도": 11,
    "충청남도": 15,
    "전북특별자치도": 14,
    "경상북도": 22,
    "경상남도": 18,
}


def test_there_are_243_of_the_nine_kinds():
    kinds = Counter(found.kind for found in directory.local_governments().values())

    assert kinds == {
        TenantKind.SPECIAL_CITY: 1,
        TenantKind.INTEGRATED_CITY: 1,
        TenantKind.METROPOLITAN_CITY: 5,
        TenantKind.AUTONOMOUS_CITY: 1,
        TenantKind.PROVINCE: 5,
        TenantKind.AUTONOMOUS_PROVINCE: 3,
        TenantKind.CITY: 75,
        TenantKind.COUNTY: 82,
        TenantKind.DISTRICT: 70,
    }


def test_every_province_has_its_number_of_members():
    members = Counter(found.parent for found in directory.local_governments().values())
    del members[""]

    assert members == PROVINCES


def test_a_label_is_never_shared_although_names_are():
    found = directory.local_governments().values()

    assert len({each.label for each in found}) == len(found)
    assert {each.label for each in found if each.name == "고성군"} == {
        "강원특별자치도 고성군",
        "경상남도 고성군",
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("29110", "전남광주통합특별시 동구"),
        ("46110", "전남광주통합특별시 목포시"),
        ("46840", "전남광주통합특별시 무안군"),
        ("46910", "전남광주통합특별시 신안군"),
        ("47720", "대구광역시 군위군"),
        ("42820", "강원특별자치도 고성군"),
        ("45790", "전북특별자치도 고창군"),
        ("46000", "전남광주통합특별시"),
    ],
)
def test_an_ended_code_leads_to_the_one_that_followed(old, new):
    found = directory.current(old)

    assert found is not None
    assert found.label == new


@pytest.mark.parametrize("change", directory.changes(), ids=lambda change: change.old_code)
def test_an_ended_code_is_no_longer_in_force(change):
    assert change.old_code not in directory.local_governments()
    assert change.new_code in directory.local_governments()


@pytest.mark.parametrize(
    ("old", "names"),
    [
        ("28110", ["제물포구", "영종구"]),
        ("28140", ["제물포구"]),
        ("28260", ["서해구", "검단구"]),
    ],
)
def test_incheon_is_never_decided_by_the_program(old, names):
    assert directory.current(old) is None
    assert [found.name for found in directory.successors(old)] == names


def test_an_unknown_code_finds_nothing():
    assert directory.current("99999") is None
    assert directory.successors("99999") == ()
