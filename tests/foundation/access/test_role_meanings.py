"""Whoever gives a role reads what it opens today."""

from mokmin.foundation.access.states import MEANING, Role


def test_no_role_is_explained_by_what_may_come_later():
    assert [role for role, words in MEANING.items() if "다음 판" in words] == []


def test_heads_and_administrators_are_told_what_the_organisation_gives_them_to_do():
    said = {
        Role.TEAM_HEAD: ["인계인수서", "인수자"],
        Role.UNIT_HEAD: ["인계인수서", "인수자"],
        Role.AUDITOR: ["인계인수서", "파일"],
        Role.ADMINISTRATOR: ["조직개편", "인사발령", "공휴일", "인계인수서", "인수자", "파일"],
    }

    assert {
        role: [word for word in words if word in MEANING[role]] for role, words in said.items()
    } == said
