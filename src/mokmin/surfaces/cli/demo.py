"""`mokmin demo`: a municipality that does not exist, to try everything with."""

import argparse
import json
import shutil
from collections.abc import Sequence

from mokmin.lib import place
from mokmin.lib.errors import Refusal
from mokmin.lib.place import var_dir
from mokmin.lib.postgres import Cluster
from mokmin.lib.postgres.roles import DATABASE
from mokmin.surfaces.cli import demo_data as data
from mokmin.surfaces.cli import folders, up
from mokmin.surfaces.cli.screen import Screen, table

TENANTS = "SELECT coalesce(string_agg(slug, ' '), '') FROM tenancy_tenant"
HAS_TENANTS = "SELECT to_regclass('tenancy_tenant') IS NOT NULL"

DEMO_ONLY = ("postgres", "postgres.log", "postgres.start.log", "mail", "demo.json")
"""What belongs to the demo alone; backups, built files and the secret key stay."""

OLD = "demo-old"


def run(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> int:
    """Start with the demo municipality, made when it is not there."""
    up.add_port(parser)
    parser.add_argument(
        "--reset", action="store_true", help="시험 자료를 치우고 처음부터 다시 만듭니다"
    )
    options = parser.parse_args(arguments)
    if place.is_external():
        raise Refusal(
            "시험 자치단체는 내장 데이터베이스에만 만듭니다. DATABASE_URL 없이 다시 실행해 주세요."
        )
    if options.reset:
        reset(Screen())
    return up.keep_up(up.Plan(port=options.port, steps=_steps, greet=_greet))


def reset(screen: Screen) -> None:
    """Move the demo's data away; raises Refusal when it holds anything else."""
    with up.only_one():
        cluster = place.cluster()
        _refuse_real(cluster)
        with screen.step("시험 자료를 치웁니다") as step:
            cluster.stop(say=step.note)
            step.note("옮깁니다")
            _move_away()
            step.end(f"지난 시험 자료를 {var_dir() / OLD} 폴더로 옮겼습니다.")


def _refuse_real(cluster: Cluster) -> None:
    if not (cluster.data / "PG_VERSION").exists():
        return
    cluster.start()
    if others := sorted(set(_slugs(cluster)) - {data.SLUG}):
        raise Refusal(
            f"시험 자치단체가 아닌 자치단체({', '.join(others)})가 있어 지우지 않습니다. "
            "MOKMIN_VAR로 다른 폴더를 정해 시험해 주세요."
        )


def _slugs(cluster: Cluster) -> list[str]:
    if cluster.sql(HAS_TENANTS, database=DATABASE) != "t":
        return []
    return cluster.sql(TENANTS, database=DATABASE).split()


def _move_away() -> None:
    old = var_dir() / OLD
    if old.exists():
        shutil.rmtree(old)
    old.mkdir(parents=True)
    for name in DEMO_ONLY:
        if (var_dir() / name).exists():
            (var_dir() / name).rename(old / name)


def _steps(cluster: Cluster | None) -> Sequence[str]:
    """Nothing to load when the municipality and the note of its accounts are there."""
    is_there = cluster is not None and data.SLUG in _slugs(cluster) and folders.demo().exists()
    return [] if is_there else ["demo"]


def _greet(screen: Screen) -> None:
    noted = json.loads(folders.demo().read_text(encoding="utf-8"))
    rows = [("역할", "이름", "전자우편"), *noted["rows"]]
    screen.line(f"\n{data.NAME}은 시험을 위해 지어낸 곳입니다. 아래 계정으로 로그인해 보세요.\n")
    screen.line("\n".join(f"  {line}" for line in table(rows).splitlines()))
    screen.line(f"\n비밀번호(모두 같음): {noted['password']}")
    screen.line(f"보낸 전자우편: {var_dir() / 'mail'}")
