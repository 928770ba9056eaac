"""`mokmin db …`: the database of this installation."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import cast

from mokmin.foundation.tenancy import roles as rights
from mokmin.lib import place
from mokmin.lib.errors import Refusal
from mokmin.lib.korean import SEOUL
from mokmin.lib.postgres import binaries, client, roles
from mokmin.surfaces.cli import folders, running, up
from mokmin.surfaces.cli.preparer import preparing
from mokmin.surfaces.cli.screen import Screen

Options = argparse.Namespace

ROLES = {"owner": roles.OWNER, "app": roles.APP, "backup": roles.BACKUP, "super": roles.SUPERUSER}


def run(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> int:
    """Do one of the things that can be done to the database."""
    verbs = parser.add_subparsers(required=True, metavar="할 일", title="할 일")
    _verb(verbs, "start", "내장 데이터베이스를 켭니다", start)
    _verb(verbs, "stop", "내장 데이터베이스를 끕니다", stop)
    _verb(verbs, "status", "켜져 있는지, 어떤 판인지 봅니다", status)
    _verb(verbs, "migrate", "표와 울타리를 지금 판에 맞춥니다", migrate)
    psql = _verb(verbs, "psql", "psql로 접속합니다", open_psql)
    psql.add_argument("--role", choices=ROLES, default="owner", help="어떤 계정으로. 기본값 owner")
    psql.add_argument("rest", nargs="*", metavar="-- psql의 옵션", help="예: -- -c 'select 1'")
    _verb(verbs, "roles", "외부 PostgreSQL에서 실행할 역할 SQL을 보여 줍니다", show_roles)
    _backup_verbs(verbs)
    options = parser.parse_args(arguments)
    return cast("int", options.do(options))


def _backup_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = _verb(verbs, "backup", "백업합니다", take)
    backup.add_argument("file", nargs="?", type=Path, metavar="파일", help="기본값 var/backups/…")
    backup.add_argument(
        "--keep", type=int, metavar="수", help="기본 폴더의 백업을 새것부터 이만큼만 남깁니다"
    )
    restore = _verb(verbs, "restore", "빈 데이터베이스에 백업을 되돌립니다", put_back)
    restore.add_argument("file", type=Path, metavar="파일", help="백업 파일(.dump)")
    verify = _verb(verbs, "verify", "변경 이력과 백업에 이상이 없는지 확인합니다", prove)
    verify.add_argument(
        "file", nargs="?", type=Path, metavar="파일", help="견줄 백업. 없으면 가장 새 백업"
    )
    for verb in (backup, restore, verify):
        verb.add_argument(
            "-q", "--quiet", action="store_true", help="결과 한 줄만 보여 줍니다(cron)"
        )


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    about: str,
    do: Callable[[Options], int],
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=about, description=f"{about}.")
    parser.set_defaults(do=do)
    return parser


def start(_options: Options) -> int:
    """Have it running, with its roles as they should be."""
    screen = Screen()
    if _told_external(screen):
        return 0
    cluster = place.cluster()
    with screen.step("데이터베이스를 켭니다") as step:
        started = cluster.start(say=step.note)
        made = cluster.create_database(roles.DATABASE)
        cluster.sql(";\n".join(rights.statements()))
        step.end("데이터베이스를 켰습니다." if started else "이미 켜져 있습니다.")
    if made:
        screen.line(f"{roles.DATABASE} 데이터베이스를 만들었습니다.")
    return status(_options)


def stop(_options: Options) -> int:
    """Stop it, unless `mokmin up` needs it."""
    screen = Screen()
    if _told_external(screen):
        return 0
    if address := up.running_at():
        raise Refusal(f"mokmin up이 쓰고 있습니다({address}). 먼저 Ctrl-C로 꺼 주세요.")
    with screen.step("데이터베이스를 끕니다") as step:
        stopped = place.cluster().stop(say=step.note)
        step.end("데이터베이스를 껐습니다." if stopped else "켜져 있지 않습니다.")
    return 0


def status(_options: Options) -> int:
    """What runs; exit code 1 when nothing does."""
    screen = Screen()
    if _told_external(screen):
        return 0
    found = place.cluster().status()
    if found.running:
        screen.line(f"PostgreSQL {found.version} 켜져 있음(프로세스 {found.pid})")
    else:
        known = found.binaries.version if found.binaries else "없음"
        made = "자료가 있음" if found.data_major else "아직 만들지 않음"
        screen.line(f"PostgreSQL {known} 꺼져 있음, {made}")
    screen.line(f"자료: {found.data}")
    screen.line(f"소켓: {found.socket}")
    if advice := binaries.upgrade_advice(found.data):
        screen.line(advice)
    return 0 if found.running else 1


def migrate(_options: Options) -> int:
    """Bring the tables up to date, as the owner."""
    screen = Screen()
    with running.database(screen) as cluster:
        if cluster is not None:
            cluster.sql(";\n".join(rights.statements()))
        with preparing(screen) as preparer:
            preparer.ask("schema")
            preparer.finish()
    return 0


def open_psql(options: Options) -> int:
    """Turn into psql."""
    role = ROLES[options.role]
    if place.is_external():
        programs = running.tools(None, server=binaries.OLDEST)
        psql = client.tool(programs, "psql", url=running.address(role))
    else:
        cluster = place.cluster()
        if not cluster.status().running:
            raise Refusal("데이터베이스가 꺼져 있습니다. `mokmin db start`로 켜 주세요.")
        psql = cluster.tool("psql", role=role)
    os.execve(psql.path, psql.command(*options.rest), psql.environment)


def show_roles(_options: Options) -> int:
    """Print what a DBA runs once on an external server."""
    print(rights.for_dba(oldest=binaries.OLDEST), end="")
    return 0


def take(options: Options) -> int:
    """Back up, and forget old ones."""
    from mokmin.surfaces.cli.backups import take as backups  # noqa: PLC0415 - psycopg is slow to load

    if options.keep is not None and options.keep < 1:
        raise Refusal("--keep는 1 이상이어야 합니다.")
    if options.keep and options.file:
        raise Refusal("--keep는 기본 폴더의 백업에만 쓸 수 있습니다. 파일 이름과 함께 쓰지 마세요.")
    screen = Screen(sys.stderr, is_quiet=options.quiet)
    path = options.file or folders.backups() / backups.default_name(datetime.now(SEOUL))
    with running.database(screen) as cluster:
        done = backups.take(cluster, path.resolve(), screen=screen)
    gone = backups.keep(path.parent, options.keep) if options.keep else 0
    print(done + (f", 오래된 백업 {gone}개를 지웠습니다." if gone else "."))
    return 0


def put_back(options: Options) -> int:
    """Restore, then compare."""
    if address := up.running_at():
        raise Refusal(f"mokmin up이 켜져 있습니다({address}). 먼저 Ctrl-C로 꺼 주세요.")
    _load_models()
    from mokmin.surfaces.cli.backups import restore, verify  # noqa: PLC0415 - needs the models

    screen = Screen(sys.stderr, is_quiet=options.quiet)
    report = verify.Report(screen)
    with running.database(screen) as cluster:
        restore.restore(cluster, options.file.resolve(), report)
    line, code = verify.conclude(report)
    print(f"되돌렸습니다. {line}")
    return code


def prove(options: Options) -> int:
    """Look for what should not be."""
    _load_models()
    from mokmin.surfaces.cli.backups import manifest, take, verify  # noqa: PLC0415 - as above

    screen = Screen(sys.stderr, is_quiet=options.quiet)
    report = verify.Report(screen)
    newest = take.all_in(folders.backups())[-1:]
    dump = options.file.resolve() if options.file else newest[0] if newest else None
    with running.database(screen) as cluster:
        if dump:
            listed = manifest.read(manifest.beside(dump))
            verify.file(dump, listed, report, cluster=cluster)
            verify.contents_of_files(dump, listed, report)
            verify.continued(listed, report)
        verify.kept_files(report)
        verify.chains(report)
    line, code = verify.conclude(report)
    print(line)
    return code


def _load_models() -> None:
    from mokmin.surfaces.cli import framework  # noqa: PLC0415 - only some verbs need Django

    framework.set_up()


def _told_external(screen: Screen) -> bool:
    if not place.is_external():
        return False
    screen.line(
        f"DATABASE_URL이 있어 외부 데이터베이스({place.external_name()})를 씁니다. "
        "내장 데이터베이스는 켜고 끄지 않습니다."
    )
    return True
