"""The words that change with the kind of municipality (기관 어휘): 군수 or 시장, 군비 or 시비."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from mokmin.foundation.tenancy.states import TenantKind


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One municipality's own words; every screen and paper takes them from here."""

    mayor: str
    deputy_mayor: str
    citizens: str
    own_fund: str
    government: str
    office: str
    council: str
    team: str = "담당"
    unit_head: str = "부서장"


WORD_NAMES: dict[str, str] = {
    "mayor": "단체장",
    "deputy_mayor": "부단체장",
    "citizens": "주민",
    "own_fund": "자체재원",
    "government": "행정 이름",
    "office": "청사",
    "council": "의회",
    "team": "팀 호칭",
    "unit_head": "부서장 호칭",
}
"""What each word stands for, as the settings page labels it."""

_PROVINCE = Vocabulary("도지사", "부지사", "도민", "도비", "도정", "도청", "도의회", team="팀")
_BIG_CITY = Vocabulary("시장", "부시장", "시민", "시비", "시정", "시청", "시의회", team="팀")

BY_KIND: dict[TenantKind, Vocabulary] = {
    TenantKind.COUNTY: Vocabulary("군수", "부군수", "군민", "군비", "군정", "군청", "군의회"),
    TenantKind.CITY: Vocabulary("시장", "부시장", "시민", "시비", "시정", "시청", "시의회", "팀"),
    TenantKind.DISTRICT: Vocabulary(
        "구청장", "부구청장", "구민", "구비", "구정", "구청", "구의회", "팀"
    ),
    TenantKind.PROVINCE: _PROVINCE,
    TenantKind.AUTONOMOUS_PROVINCE: _PROVINCE,
    TenantKind.SPECIAL_CITY: _BIG_CITY,
    TenantKind.INTEGRATED_CITY: _BIG_CITY,
    TenantKind.METROPOLITAN_CITY: _BIG_CITY,
    TenantKind.AUTONOMOUS_CITY: _BIG_CITY,
}


def vocabulary(kind: TenantKind, own: Mapping[str, str]) -> Vocabulary:
    """Words of the kind under the municipality's own; empty own words do not count."""
    known = {field.name for field in fields(Vocabulary)}
    return replace(
        BY_KIND[kind], **{name: word for name, word in own.items() if name in known and word}
    )
