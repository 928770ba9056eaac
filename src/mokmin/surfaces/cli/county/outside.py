"""Forty people who do not work for the county: residents, recipients of subsidies, evaluators."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from mokmin.foundation.access.states import Role
from mokmin.surfaces.cli.county.names import Registry
from mokmin.surfaces.cli.county.units import TOWNS

COUNT = 40
RECIPIENTS = (
    "마을기업 해솔두레 대표", "해솔한우영농조합법인 대표", "가온사과작목반 총무",
    "해솔문화원 사무국장", "나래면 주민자치회 간사", "해솔군장애인부모회 사무장",
    "사회적협동조합 솔내돌봄 이사장", "해솔예술인협회 회장", "햇살전통시장 상인회 총무",
    "라온면 새마을부녀회 회장", "해솔군체육회 사무과장", "청년협동조합 한빛 대표",
)  # fmt: skip
EVALUATORS = (
    "주민배심원단 추천 평가위원", "해솔대학교 행정학과 교수", "경남연구원 연구위원",
    "해솔신문 편집국장", "공인회계사", "변호사", "사회단체 추천 평가위원", "정책평가 전문가",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody from outside, with the mailbox that they sign in with."""

    role: Role
    name: str
    mailbox: str
    reason: str


def outsiders(random: Random, *, taken: set[str], known: Sequence[str]) -> tuple[Outsider, ...]:
    """All but those `known` already (by what they are), so that there are forty together."""
    registry = Registry(random, taken)
    who = [(Role.RECIPIENT, what) for what in RECIPIENTS]
    who += [(Role.EVALUATOR, what) for what in EVALUATORS]
    homes = [f"{TOWNS[number % len(TOWNS)]} 주민" for number in range(COUNT)]
    who += [(Role.RESIDENT, home) for home in homes[: COUNT - len(who)]]
    left = list(known)
    found = []
    for number, (role, what) in enumerate(who, 1):
        if what in left:
            left.remove(what)
            continue
        name = registry.new(born=random.randint(1955, 2001)).text
        found.append(Outsider(role, name, f"{role.value}{number:02d}", what))
    return tuple(found)
