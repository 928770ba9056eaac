"""What a new municipality may be called, and what every wrong field says."""

import pytest

from mokmin.foundation.tenancy import rules

RIGHT = {"slug": "haesol", "name": "해솔군", "kind": "county", "code": "", "hosts": ["a.localhost"]}

SLUG = "짧은 이름은 영문 소문자로 시작해 소문자·숫자·붙임표로 3~40자입니다."
NAME = "이름을 60자 안으로 적어 주세요."
KIND = (
    "종류는 특별시, 통합특별시, 광역시, 특별자치시, 도, 특별자치도, 시, 군, 구 가운데 하나입니다."
)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"slug": "a-1"},
        {"slug": "a" * 40},
        {"name": "가" * 60},
        {"hosts": []},
        {"hosts": ["haesol.go.kr", "www.haesol.go.kr"]},
        {"code": "48820"},
        {"code": "11000", "kind": "special_city"},
    ],
)
def test_what_is_right_is_taken(change):
    assert rules.problems_of_tenant(**{**RIGHT, **change}) == {}


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"slug": "ab"}, {"slug": SLUG}),
        ({"slug": "a" * 41}, {"slug": SLUG}),
        ({"slug": "Haesol"}, {"slug": SLUG}),
        ({"slug": "1haesol"}, {"slug": SLUG}),
        ({"slug": "haesol-"}, {"slug": SLUG}),
        ({"slug": "haesol\n"}, {"slug": SLUG}),
        ({"name": "  "}, {"name": NAME}),
        ({"name": "가" * 61}, {"name": NAME}),
        ({"kind": "kingdom"}, {"kind": KIND}),
        (
            {"hosts": ["B.localhost", "a_b.localhost", "good.localhost"]},
            {"hosts": "호스트 이름으로 쓸 수 없습니다: B.localhost, a_b.localhost."},
        ),
        ({"hosts": ["a" * 254]}, {"hosts": f"호스트 이름으로 쓸 수 없습니다: {'a' * 254}."}),
        (
            {"hosts": ["b.localhost", "a.localhost", "b.localhost"]},
            {"hosts": "호스트 이름을 두 번 적었습니다: b.localhost."},
        ),
        ({"code": "99999"}, {"code": "자치단체 목록에 없는 코드입니다."}),
        (
            {"code": "42820"},
            {"code": "폐지된 코드입니다. 지금의 코드는 51820 강원특별자치도 고성군입니다."},
        ),
        (
            {"code": "28110"},
            {
                "code": "폐지된 코드입니다. 지금의 코드를 골라 주세요: "
                "28125 인천광역시 제물포구, 28155 인천광역시 영종구."
            },
        ),
        (
            {"code": "48820", "kind": "city"},
            {"kind": "48820 경상남도 고성군의 종류는 군입니다."},
        ),
    ],
)
def test_each_wrong_field_has_its_sentence(change, problems):
    assert rules.problems_of_tenant(**{**RIGHT, **change}) == problems


def test_every_wrong_field_is_told_at_once():
    found = rules.problems_of_tenant(slug="", name="", kind="", code="1", hosts=["-"])

    assert found == {
        "slug": SLUG,
        "name": NAME,
        "kind": KIND,
        "hosts": "호스트 이름으로 쓸 수 없습니다: -.",
        "code": "자치단체 목록에 없는 코드입니다.",
    }
