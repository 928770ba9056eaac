"""Reads `units.txt`: bureaus, departments, teams and what each post in them does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mokmin.foundation.orgs.states import PostRank, UnitKind

ROOT, MAYOR, DEPUTY = "county", "mayor", "deputy"
"""Keys of the unit under which everything stands, and of the posts in it."""

TOWNS = (
    "햇살읍", "가온면", "나래면", "다온면", "라온면", "마루면",
    "보람면", "새벽면", "솔내면", "아람면", "은결면", "한빛면",
)  # fmt: skip
"""읍면, in the order of the ordinance."""

DIRECT = "직속"
"""What stands under no bureau."""

KIND_OF_TOWN = {"읍": UnitKind.EUP, "면": UnitKind.MYEON}

SERIES = {
    "재무과": "세무", "복지정책과": "사회복지", "가족행복과": "사회복지", "디지털정보과": "전산",
    "환경과": "환경", "산림과": "녹지", "건설과": "시설", "도시건축과": "시설",
    "안전총괄과": "시설", "상하수도사업소": "공업", "보건행정과": "보건", "건강증진과": "간호",
    "농업정책과": "농업", "농업기술과": "농촌지도", "축산유통과": "수의",
}  # fmt: skip
"""Department → the series (직렬) of most of its officials; the others are 행정."""

SERIES_OF_TEAM = {
    "도서관": "사서", "박물관": "학예연구", "문화유산": "학예연구", "정보통신": "방송통신",
    "의약": "약무", "진료": "의료기술", "영상관제": "방송통신", "경리": "행정",
    "건설행정": "행정", "수도행정": "행정", "보상": "행정", "안전정책": "행정",
    "민방위": "행정", "맞춤형복지": "사회복지", "산업개발": "시설", "산업": "농업",
    "개발": "시설", "데이터통계": "행정", "동물보호": "수의", "먹거리": "농업",
    "유통가공": "농업", "축산정책": "농업", "지적": "시설", "지적재조사": "시설",
    "공간정보": "시설", "교통시설": "시설", "에너지": "공업", "관광개발": "시설",
    "체육시설": "시설",
}  # fmt: skip

AFFAIRS = "서무와 예산·회계·물품 관리"
"""What one officer of the first team of every department does."""


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """A unit by key, under the unit with another key."""

    key: str
    name: str
    kind: UnitKind
    parent: str


@dataclass(frozen=True, slots=True)
class PostSpec:
    """A post by key in the unit with a key."""

    key: str
    unit: str
    rank: PostRank
    title: str
    series: str
    duties: str


@dataclass(frozen=True, slots=True)
class Structure:
    """Every unit and post of one day, in the order of the ordinance."""

    units: tuple[UnitSpec, ...]
    posts: tuple[PostSpec, ...]

    def place_of(self, key: str) -> int:
        """Where a unit or post stands in the ordinance (직제 순서); else the last place."""
        keys = [unit.key for unit in self.units] + [post.key for post in self.posts]
        return keys.index(key) if key in keys else len(keys)

    def departments(self) -> Sequence[UnitSpec]:
        """실·과·담당관·사업소·의회, without bureaus, agencies and 읍면."""
        kinds = {
            UnitKind.OFFICE, UnitKind.DEPARTMENT, UnitKind.DIRECTOR,
            UnitKind.STATION, UnitKind.COUNCIL,
        }  # fmt: skip
        return [unit for unit in self.units if unit.kind in kinds]

    def teams(self) -> Sequence[UnitSpec]:
        """Every team, of 읍면 as well."""
        return [unit for unit in self.units if unit.kind is UnitKind.TEAM]


@dataclass(frozen=True, slots=True)
class _Team:
    name: str
    duties: tuple[str, ...]


def team_key(department: str, team: str) -> str:
    """Team names come again in other departments."""
    return f"{department}/{team}"


def head_of(unit: str) -> str:
    """Key of the post that leads a unit."""
    return f"{unit}/장"


@cache
def today(county: str, mayor: str, deputy: str) -> Structure:
    """The structure as `units.txt` has it; the words for the heads are the municipality's."""
    units = [UnitSpec(ROOT, county, UnitKind.HEAD, "")]
    posts = [
        PostSpec(MAYOR, ROOT, PostRank.MAYOR, mayor, "", f"{county} 행정 총괄"),
        PostSpec(DEPUTY, ROOT, PostRank.DEPUTY_MAYOR, deputy, "", f"{mayor} 보좌와 소관 사무 총괄"),
    ]
    for unit, teams in _sections():
        units.append(unit)
        posts.append(_head(unit))
        series = SERIES.get(unit.name, "행정")
        for number, team in enumerate(teams):
            key = team_key(unit.key, team.name)
            units.append(UnitSpec(key, f"{team.name}팀", UnitKind.TEAM, unit.key))
            posts += _posts_of(
                key, team, SERIES_OF_TEAM.get(team.name, series), is_first=not number
            )
    return Structure(tuple(units), tuple(posts))


def _sections() -> Iterator[tuple[UnitSpec, list[_Team]]]:
    """Every unit above the teams, with its teams."""
    towns: dict[str, list[_Team]] = {}
    for block in _text().split("\n= ")[1:]:
        heading, _, body = block.partition("\n")
        if heading in KIND_OF_TOWN:
            towns[heading] = _teams(body)
            continue
        name, kind = heading.split()
        if name != DIRECT:
            yield UnitSpec(name, name, UnitKind(kind), ROOT), []
        for department in body.split("# ")[1:]:
            first, _, teams = department.partition("\n")
            own, own_kind = first.split()
            above = ROOT if name == DIRECT else name
            yield UnitSpec(own, own, UnitKind(own_kind), above), _teams(teams)
    for name in TOWNS:
        yield UnitSpec(name, name, KIND_OF_TOWN[name[-1]], ROOT), towns[name[-1]]


def _text() -> str:
    return files(__package__).joinpath("units.txt").read_text(encoding="utf-8")


def _teams(text: str) -> list[_Team]:
    lines = [line.split(": ") for line in text.splitlines() if line]
    return [_Team(name, tuple(duties.split(" | "))) for name, duties in lines]


def _head(unit: UnitSpec) -> PostSpec:
    is_bureau = unit.kind in {UnitKind.BUREAU, UnitKind.AGENCY}
    rank = PostRank.BUREAU_HEAD if is_bureau else PostRank.UNIT_HEAD
    series = SERIES.get(unit.name, "행정")
    duties = f"{unit.name} 업무 총괄"
    return PostSpec(head_of(unit.key), unit.key, rank, _title(unit), series, duties)


def _title(unit: UnitSpec) -> str:
    if unit.kind is UnitKind.DIRECTOR:
        return unit.name
    if unit.kind in {UnitKind.EUP, UnitKind.MYEON}:
        return f"{unit.name}장"
    if unit.kind in {UnitKind.AGENCY, UnitKind.STATION} and not unit.name.endswith("소"):
        return f"{unit.name}소장"
    return f"{unit.name}장"


def _posts_of(key: str, team: _Team, series: str, *, is_first: bool) -> Iterator[PostSpec]:
    head, *officers = team.duties
    yield PostSpec(head_of(key), key, PostRank.TEAM_HEAD, f"{team.name}팀장", series, head)
    if is_first:
        officers.append(AFFAIRS)
    for number, duties in enumerate(officers, 1):
        own = "행정" if duties == AFFAIRS else series
        yield PostSpec(f"{key}/{number}", key, PostRank.OFFICER, "주무관", own, duties)
