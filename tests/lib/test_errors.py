import pytest

from mokmin.lib.errors import Denied, Invalid, Refusal


def test_a_denial_says_its_reason():
    with pytest.raises(Refusal) as caught:
        raise Denied("주관부서 담당자만 고칠 수 있습니다.")

    assert caught.value.reason == str(caught.value) == "주관부서 담당자만 고칠 수 있습니다."


def test_an_invalid_entry_tells_every_wrong_field_at_once():
    problems = {"sector": "분야: 목록에 없는 값입니다.", "cost": "총사업비: 숫자로 적어 주세요."}

    with pytest.raises(Refusal) as caught:
        raise Invalid(problems)

    assert caught.value.problems == problems
    assert str(caught.value) == "분야: 목록에 없는 값입니다. 총사업비: 숫자로 적어 주세요."


def test_the_problems_of_a_refusal_do_not_change_afterwards():
    problems = {"title": "제목을 적어 주세요."}
    refusal = Invalid(problems)

    problems.clear()

    assert refusal.problems == {"title": "제목을 적어 주세요."}
