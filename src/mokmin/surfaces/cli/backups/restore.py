"""`mokmin db restore`: fill an empty database from a backup, and prove that all of it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db.migrations.loader import MigrationLoader

from mokmin.foundation.tenancy import roles as rights
from mokmin.lib import place
from mokmin.lib.errors import Refusal
from mokmin.lib.postgres import Cluster, backup, roles
from mokmin.surfaces.cli import running
from mokmin.surfaces.cli.backups import contents, files, manifest, verify
from mokmin.surfaces.cli.backups.manifest import Manifest
from mokmin.surfaces.cli.backups.verify import Report


def restore(cluster: Cluster | None, dump: Path, report: Report) -> None:
    """Restore into the database of this installation; `report` says whether it is the same.

    Raises Refusal before anything is changed when the file or the database do not fit.
    """
    listed = manifest.read(manifest.beside(dump))
    _require_known(listed)
    verify.file(dump, listed, report, cluster=cluster)
    verify.contents_of_files(dump, listed, report)
    if report.wrong:
        raise Refusal(report.wrong[0])
    if cluster is not None:
        cluster.create_database(roles.DATABASE)
        cluster.sql(";\n".join(rights.statements()))
    _require_empty()
    server = int(listed.contents.server.split(".")[0])
    with report.screen.step("자료를 되돌립니다") as step:
        url = running.owner_or_super(cluster)
        with search_may_own(url):
            backup.restore(dump, url, binaries=running.tools(cluster, server=server), say=step.note)
        step.end("자료를 되돌렸습니다.")
    _put_files_back(dump, listed, report)
    verify.same(listed, report)
    verify.chains(report)


@contextmanager
def search_may_own(url: str) -> Iterator[None]:
    """The search function is given to mokmin_search, which must be able to make it meanwhile."""
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(f"GRANT CREATE ON SCHEMA public TO {roles.SEARCH}".encode())
    try:
        yield
    finally:
        with psycopg.connect(url, autocommit=True) as owner:
            owner.execute(f"REVOKE CREATE ON SCHEMA public FROM {roles.SEARCH}".encode())


def _put_files_back(dump: Path, listed: Manifest, report: Report) -> None:
    if not listed.file_count:
        return
    with report.screen.step("파일을 되돌립니다") as step:
        for sentence in files.put_back(listed.files, dump.parent, step.note):
            report.bad(sentence)
        step.end("파일을 되돌렸습니다.")
    if listed.lost:
        report.good(f"백업할 때 이미 잃은 파일 내용이 {len(listed.lost):,}개 있습니다")


def _require_known(listed: Manifest) -> None:
    """A backup of a newer product has tables that this one does not know."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    replaced = {
        f"{app}.{name}"
        for migration in loader.disk_migrations.values()
        for app, name in migration.replaces
    }
    if unknown := sorted(set(listed.contents.migrations) - known - replaced):
        raise Refusal(
            f"더 새로운 판(mokmin {listed.product})의 백업입니다. 그 판을 설치한 뒤 되돌려 주세요. "
            f"(모르는 마이그레이션: {', '.join(unknown[:3])})"
        )


def _require_empty() -> None:
    with contents.snapshot(running.address(roles.BACKUP)) as connection:
        if contents.is_empty(connection):
            return
        counted = contents.read(connection)
    names = ", ".join(sorted(counted.tenants.values()))
    whose = f"자치단체: {names}" if names else "자치단체는 아직 없음"
    way = (
        "빈 데이터베이스를 새로 만들어 주소를 바꿔 주세요."
        if place.is_external()
        else "MOKMIN_VAR로 새 폴더를 정해 주세요. 지금 폴더에 되돌리려면 `mokmin db stop` 뒤에 "
        f"{place.cluster().data} 폴더를 다른 이름으로 옮겨 주세요."
    )
    raise Refusal(f"데이터베이스가 비어 있지 않아 되돌리지 않습니다({whose}). {way}")
