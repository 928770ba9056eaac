"""How broken places are told, and which titles an act may keep."""

import pytest

from mokmin.foundation.trail import rules
from mokmin.foundation.trail.rules import Broken


@pytest.mark.parametrize("code", rules.SENTENCES)
def test_every_broken_place_is_told_in_a_whole_sentence(code):
    told = Broken(code, 12, "0123456789").sentence

    assert told == f"{rules.SENTENCES[code]} 위치: 연결 12번, 행위 0123456789."


def test_a_broken_place_without_a_number_says_so():
    assert Broken("seal_unlinked").sentence.endswith("위치: 알 수 없음.")


@pytest.mark.parametrize(
    ("shown", "personal", "kept"),
    [
        ("우물가", ("홍길동",), "우물가"),
        ("홍길동의 밭", ("홍길동",), "텃밭"),
        ("우물가", ("",), "우물가"),
        ("가" * 201, (), "가" * 199 + "…"),
        ("가" * 200, (), "가" * 200),
    ],
)
def test_a_title_tells_no_personal_value_and_fits(shown, personal, kept):
    assert rules.title(shown, personal=personal, instead="텃밭") == kept
