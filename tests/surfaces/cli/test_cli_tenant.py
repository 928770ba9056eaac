"""Municipalities by command, the diagnosis, and Django's own commands."""

import json
import re


def test_a_municipality_comes_with_its_administrator_and_a_link(settled):
    made = settled.ok(
        *("tenant", "create", "narae", "--code", "48880"),
        *("--host", "narae.localhost", "--admin-name", "노관리"),
        *("--admin-email", "noh@narae.example"),
    ).splitlines()
    refused = settled.run(
        *("tenant", "create", "dasol", "--name", "다솔군", "--kind", "군"),
        *("--admin-name", "다관리", "--admin-email", "그냥 이름"),
    )
    listed = settled.ok("tenant", "list")

    assert made[0] == "거창군(narae) 자치단체와 관리자 노관리의 계정을 만들었습니다."
    assert re.fullmatch(
        r"  http://narae\.localhost:8000/account/password/reset/\w+-[\w-]+/", made[-1]
    )
    assert (refused.returncode, refused.stderr) == (
        2,
        "전자우편 주소를 이름@기관.kr 꼴로 적어 주세요.\n",
    )
    assert [line.split()[:2] for line in listed.splitlines()[1:]] == [
        ["garam", "가람군"],
        ["narae", "거창군"],
    ]


def test_an_ended_code_leads_to_those_that_followed(settled):
    who = ("--admin-name", "노관리", "--admin-email", "noh@narae.example")
    one, several = (
        settled.run("tenant", "create", "narae", "--code", code, *who)
        for code in ("42820", "28110")
    )

    assert (one.returncode, one.stderr) == (
        2,
        "폐지된 코드입니다. 지금의 코드는 51820 강원특별자치도 고성군입니다.\n",
    )
    assert (several.returncode, several.stderr) == (
        2,
        "폐지된 코드입니다. 지금의 코드를 골라 주세요: "
        "28125 인천광역시 제물포구, 28155 인천광역시 영종구.\n",
    )


def test_the_doctor_names_a_hole_in_the_fence_and_how_to_mend_it(settled):
    settled.cluster.sql("DROP POLICY own_tenant ON people_person", database="mokmin")
    holed = settled.run("doctor", "--json")
    settled.ok("db", "migrate")
    mended = settled.run("doctor", "--json")

    assert (holed.returncode, mended.returncode) == (1, 0)
    assert _bad(holed) == [
        {
            "name": "기관 사이의 울타리",
            "level": "bad",
            "found": "구멍 1곳: people_person(정책 없음)",
            "mend": "`mokmin db migrate`가 다시 칩니다.",
        }
    ]
    assert _bad(mended) == []


def _bad(ran):
    return [check for check in json.loads(ran.stdout)["checks"] if check["level"] == "bad"]


def test_the_doctor_says_what_to_do_when_nothing_runs(fresh):
    ran = fresh().run("doctor")

    lines = ran.stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("✗ 데이터베이스 접속"))
    assert ran.returncode == 1
    assert lines[at + 1] == "    → `mokmin db start`로 켜거나 `mokmin up`을 실행해 주세요."


def test_django_commands_work_without_a_database(fresh):
    here = fresh()

    made = here.run("manage", "makemigrations", "--check", "--dry-run")
    migrated = here.run("manage", "migrate")

    assert (made.returncode, made.stderr) == (0, "")
    assert migrated.returncode == 2
    assert migrated.stderr.startswith("데이터베이스에 접속하지 못했습니다. `mokmin db start`로")
    assert len(migrated.stderr.splitlines()) == 1
