"""Words among 100,000 records behind row security: our search against ILIKE, on one connection."""

import statistics
import time
from pathlib import Path
from typing import Any

import psycopg

from bench import ground
from bench.pages import cpu
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.records import queries
from mokmin.foundation.tenancy.context import tenant
from mokmin.lib.postgres import roles
from tests import seed

RECORDS, NEIGHBOURS = 100_000, 20_000
ROUNDS = 24
PAGE = 20
OFFICER = Actor(name="시험", roles=frozenset({Role.OFFICER}))

WORDS = {
    "two syllables, in 3 %": "공원",
    "two syllables, in 8 %": "정비",
    "two words, in 0.3 %": "공원 정비",
    "one syllable, in 3 %": "숲",
    "one record": "별빛마루",
    "nowhere": "케이블카",
}

PLACES = "가람읍 솔뫼면 새터면 들말면 물안면 바람재 큰고개 햇살마을 꽃섬 너른들"
THINGS = (
    "하천 도로 상수도 하수도 경로당 마을회관 도서관 체육관 시장 저수지 산책로 주차장 보건소 농로 "
    "교량 가로등 버스정류장 어린이집 문화회관 축제 농산물 한우 사과 관광지 둘레길 소공연장 "
    "청년센터 귀농인 재활용품 안전시설 임도"
)
DEEDS = "조성 정비 확충 보수 개선 지원 운영 활성화 현대화 조사 설계 점검"
KINDS = "사업 계획 추진 용역 공모 협약 대책"

FILL = """
INSERT INTO records_record (tenant_id, uid, kind, title, visibility)
SELECT %(tenant)s, lpad(n::text, 10, '0'), 'bench',
       concat_ws(' ', 2020 + n %% 7 || '년', places[1 + n %% cardinality(places)],
                 CASE WHEN n %% 100 IN (7, 41, 83) THEN '공원'
                      WHEN n %% 100 IN (3, 47, 89) THEN '숲'
                      ELSE things[1 + n / 7 %% cardinality(things)] END,
                 deeds[1 + n / 3 %% cardinality(deeds)], kinds[1 + n / 11 %% cardinality(kinds)],
                 '제' || n || '호'),
       CASE WHEN n %% 50 = 0 THEN 'restricted' ELSE 'staff' END
  FROM generate_series(1, %(count)s) AS n,
       string_to_array(%(places)s, ' ') places, string_to_array(%(things)s, ' ') things,
       string_to_array(%(deeds)s, ' ') deeds, string_to_array(%(kinds)s, ' ') kinds
"""
RARE = """
UPDATE records_record SET title = '별빛마루 조성 사업'
 WHERE tenant_id = %(tenant)s AND uid = lpad((%(count)s / 2 + 1)::text, 10, '0')
"""
PAIRS = """
INSERT INTO records_recordbigrams (tenant_id, record_id, plain)
SELECT tenant_id, id, records_plain(title) FROM records_record WHERE kind = 'bench'
"""

OURS = "records_search(%s, '{public,staff}', '{}', '{}', '{}', NULL, %s)"
OURS_PAGE, OURS_ALL = f"SELECT * FROM {OURS}", f"SELECT count(*) FROM {OURS}"
SEEN = "FROM records_record WHERE visibility IN ('public', 'staff') AND title ILIKE ALL (%s)"
ILIKE_PAGE, ILIKE_ALL = f"SELECT id {SEEN} ORDER BY id DESC LIMIT %s", f"SELECT count(*) {SEEN}"


def run() -> dict[str, Any]:
    """CPU milliseconds of the database (lower quartiles), like against like, behind row security.

    A page is the newest 20 that match, all are counted. ILIKE's page is quick where the word is
    common, because it ends at the 20th; where it is rare it reads everything, as it always does to
    know all. The last line is what a page spends in Python.
    """
    number = _fill()
    found = {}
    with psycopg.connect(ground.CLUSTER.url(roles.APP), autocommit=True) as product:
        product.execute("SELECT set_config('app.tenant', %s, false)", [str(number)])
        for name, text in WORDS.items():
            found[name] = _compared(product, text)
    with tenant(number):
        spent = cpu(lambda: queries.search(OFFICER, "공원", limit=PAGE))
    return {**found, "as the page asks it": {"cpu ms": spent}}


def _fill() -> int:
    """The records, past every trigger; their neighbours are in the same index."""
    with psycopg.connect(ground.CLUSTER.url(ground.CLUSTER.superuser), autocommit=True) as direct:
        direct.execute("SET session_replication_role = replica")
        for slug, count in (("b", RECORDS), ("a", NEIGHBOURS)):
            values = {"tenant": seed.tenant_of(slug).pk, "count": count, "places": PLACES}
            values |= {"things": THINGS, "deeds": DEEDS, "kinds": KINDS}
            direct.execute(FILL, values)
            direct.execute(RARE, values)
        direct.execute(PAIRS)
        direct.execute("VACUUM ANALYZE records_record, records_recordbigrams")
    return seed.tenant_of("b").pk


def _spent(pid: int) -> float:
    """CPU milliseconds of a process so far; the wall clock where the system does not say."""
    told = Path(f"/proc/{pid}/schedstat")
    return int(told.read_text().split()[0]) / 1e6 if told.exists() else time.perf_counter() * 1e3


def _compared(product: psycopg.Connection[Any], text: str) -> dict[str, Any]:
    likes = [f"%{word}%" for word in text.split()]
    hits = product.execute(ILIKE_ALL.encode(), [likes]).fetchall()[0][0]
    page, all_ = _cost(product, OURS_PAGE, text, PAGE), _cost(product, OURS_ALL, text, RECORDS)
    ilike_page, ilike_all = (
        _cost(product, ILIKE_PAGE, likes, PAGE),
        _cost(product, ILIKE_ALL, likes),
    )
    return {
        "hits": hits,
        "page": page,
        "page by ILIKE": ilike_page,
        "page ÷ page": ilike_page / page,
        "all": all_,
        "all by ILIKE": ilike_all,
        "all ÷ all": ilike_all / all_,
    }


def _cost(product: psycopg.Connection[Any], sql: str, *values: Any) -> float:
    pid, spent = product.info.backend_pid, []
    for _ in range(ROUNDS + 1):
        begun = _spent(pid)
        product.execute(sql.encode(), values).fetchall()
        spent.append(_spent(pid) - begun)
    return statistics.quantiles(spent[1:], n=4)[0]
