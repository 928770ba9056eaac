"""Names of people who do not exist, as they would be heard in a county of today."""

from collections.abc import Collection
from dataclasses import dataclass
from random import Random

FAMILIES = (
    "김김김김김김김김김김이이이이이이이박박박박정정정최최최강강조조윤윤장장임임신신유유한한오오서서"
    "전전권권황안송류홍고문양손배백허남심노하곽성차주우민구진지엄원천방공현변염여추도석선설마길연위표명기"
)
"""Each family as often as it is met."""

GIVEN = {
    1962: (
        "영수 영호 성호 영식 정호 광수 종수 병철 상철 동수 "
        "재영 영철 진호 용수 태식 종호 창수 명수 기영 춘식",
        "영숙 정숙 미숙 경숙 순자 영희 정희 명숙 혜숙 은숙 "
        "미경 경희 현숙 옥순 말순 춘희 금숙 복희 덕순 순옥",
    ),
    1970: (
        "성수 상훈 영진 정훈 성훈 재호 동현 병수 상우 승호 "
        "진수 성진 현수 종현 기훈 태호 창호 영민 용호 재석",
        "은주 미영 은영 현주 은경 지영 미경 선영 수경 은정 "
        "혜경 정미 미란 경미 현숙 영미 선희 미정 소영 주희",
    ),
    1980: (
        "지훈 성민 현우 동훈 상현 민수 준호 정민 승현 태현 "
        "진우 재현 영훈 경민 형준 기현 성현 원석 용준 도현",
        "지영 은정 혜진 지은 수진 은지 미선 지연 현정 유진 "
        "민정 선미 보람 아름 혜영 나영 진희 윤정 수정 정은",
    ),
    1988: (
        "민준 현준 지훈 준영 성준 승민 동현 재훈 태영 민호 "
        "상민 우진 건우 종민 경훈 정현 시현 찬우 규현 영빈",
        "지혜 수빈 은비 예진 하나 지현 다영 소연 민지 유미 "
        "보영 슬기 아람 선주 혜원 가영 세영 미소 채원 진아",
    ),
    1996: (
        "민재 현서 도윤 준서 예준 시우 주원 건희 승우 태윤 "
        "지호 성빈 유찬 한결 재윤 은호 지완 하람 세준 윤호",
        "서연 민서 지원 서현 수민 예은 지우 하은 채은 유나 "
        "소희 다은 나연 가은 은서 예림 시은 주하 해인 윤아",
    ),
}
"""Birth year from which on → names of men, names of women."""


@dataclass(frozen=True, slots=True)
class Name:
    """A full name and the year in which its bearer was born."""

    text: str
    born: int


class Registry:
    """Gives every person a name; namesakes (동명이인) are as rare as they are in one office."""

    def __init__(self, random: Random, never: Collection[str]) -> None:
        self._random = random
        self._never = frozenset(never)
        self._taken: set[str] = set()

    def new(self, *, born: int) -> Name:
        """A name that fits the year of birth."""
        since = max((year for year in GIVEN if year <= born), default=min(GIVEN))
        while True:
            given = self._random.choice(self._random.choice(GIVEN[since]).split())
            text = self._random.choice(FAMILIES) + given
            is_rare = self._random.random() >= NAMESAKES
            if text not in self._never and not (text in self._taken and is_rare):
                self._taken.add(text)
                return Name(text, born)


NAMESAKES = 0.3
"""How often a name that is there already is given again when it comes up."""
