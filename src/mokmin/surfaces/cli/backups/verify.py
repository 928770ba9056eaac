"""`mokmin db verify`: the file is whole, the data is what it was, every chain holds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mokmin.foundation.access import queries as access
from mokmin.foundation.files import checking
from mokmin.foundation.files.states import Fault
from mokmin.foundation.tenancy import queries as tenancy
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.models import Tenant
from mokmin.foundation.trail import queries as trail
from mokmin.lib.errors import Refusal
from mokmin.lib.postgres import Cluster, backup, roles
from mokmin.surfaces.cli import running
from mokmin.surfaces.cli.backups import contents, files, manifest
from mokmin.surfaces.cli.backups.manifest import Manifest, differences
from mokmin.surfaces.cli.screen import Screen

Note = Callable[[str], None]
SHOWN = 20


@dataclass
class Report:
    """What was found: each line a sentence; `wrong` is why the exit code is not 0."""

    screen: Screen
    wrong: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def good(self, sentence: str) -> None:
        """Something holds."""
        self.said.append(sentence)

    def bad(self, sentence: str) -> None:
        """Something does not."""
        self.wrong.append(sentence)
        self.screen.line(f"✗ {sentence}")


def file(dump: Path, listed: Manifest, report: Report, *, cluster: Cluster | None) -> None:
    """The dump is byte for byte what was written, and can be read to its end."""
    with report.screen.step("백업 파일을 확인합니다") as step:
        if not dump.is_file():
            raise Refusal(f"백업 파일({dump})이 없습니다.")
        if dump.stat().st_size != listed.bytes or manifest.hash_of(dump) != listed.sha256:
            step.end("백업 파일이 다릅니다.")
            report.bad(f"백업 파일({dump})이 만들어진 뒤에 바뀌었습니다(SHA-256이 다릅니다).")
            return
        server = int(listed.contents.server.split(".")[0])
        backup.verify(dump, binaries=running.tools(cluster, server=server))
        step.end("백업 파일이 온전합니다.")


def contents_of_files(dump: Path, listed: Manifest, report: Report) -> None:
    """Every content of a file that the manifest lists lies beside the dump, as it was."""
    if not listed.file_count:
        return
    with report.screen.step("백업에 담긴 파일을 확인합니다") as step:
        found = list(files.broken(listed.files, dump.parent, step.note))
    for sentence in found[:SHOWN]:
        report.bad(sentence)
    if len(found) > SHOWN:
        report.bad(f"백업의 파일 내용 {len(found) - SHOWN:,}개가 더 없거나 바뀌었습니다.")
    if not found:
        report.good(f"백업에 담긴 파일 내용 {listed.file_count:,}개가 온전합니다")


def kept_files(report: Report) -> None:
    """Every content that a municipality's files need lies in the store, as it was."""
    count = 0
    for whose in tenancy.tenants():
        with report.screen.step(f"{whose.name}의 파일을 확인합니다") as step:
            for looked, faults in _looks(whose):
                count += looked
                step.note(f"파일 내용 {count:,}개")
                for fault, where in faults:
                    report.bad(f"{whose.name}: 파일 내용 {fault.label}({where[:12]}…).")
    if count:
        report.good(f"파일 내용 {count:,}개를 확인했습니다")


def _looks(whose: Tenant) -> Iterator[tuple[int, Sequence[tuple[Fault, str]]]]:
    with tenant(whose.pk, read_only=True):
        for looked in checking.looks():
            yield looked.count, checking.needed(looked.faults)


def same(listed: Manifest, report: Report) -> None:
    """The database holds exactly what the manifest lists."""
    with report.screen.step("행 수와 변경 이력의 끝을 견줍니다"):
        with contents.snapshot(running.address(roles.BACKUP)) as connection:
            now = contents.read(connection)
        found = list(differences(listed.contents, now))
    for sentence in found[:SHOWN]:
        report.bad(sentence)
    if not found:
        report.good(f"표 {len(now.tables)}개 {now.row_count:,}행이 백업과 같습니다")


def continued(listed: Manifest, report: Report) -> None:
    """What the backup saw of each chain is still its beginning; data may have gone on since."""
    with contents.snapshot(running.address(roles.BACKUP)) as connection:
        now = contents.read(connection)
        for tenant_id, (seq, digest) in listed.contents.heads.items():
            if contents.link(connection, tenant_id, seq) != digest:
                name = listed.contents.tenants.get(tenant_id, tenant_id)
                report.bad(f"{name}: 백업할 때의 변경 이력 {seq}번 연결이 지금은 없거나 다릅니다.")
    found = list(differences(listed.contents, now))
    if not found:
        report.good(f"표 {len(now.tables)}개 {now.row_count:,}행이 백업과 같습니다")
        return
    report.good(f"백업 뒤에 바뀐 것이 {len(found)}가지 있습니다")
    for sentence in found[:SHOWN]:
        report.screen.line(f"    {sentence}")


def chains(report: Report) -> None:
    """Every municipality's trail and access log hold, link by link."""
    count = 0
    for whose in tenancy.tenants():
        with report.screen.step(f"{whose.name}의 변경 이력과 접속기록을 확인합니다") as step:
            for sentence in _broken(whose, step.note):
                report.bad(f"{whose.name}: {sentence}")
            count += 1
    report.good(f"자치단체 {count}곳의 변경 이력이 모두 이어집니다")


def _broken(whose: Tenant, note: Note) -> Iterator[str]:
    def progress(done: int, whole: int) -> None:
        note(f"{done:,}/{whole:,}")

    with tenant(whose.pk, read_only=True):
        verdict = trail.verify(progress=progress)
        seal = access.broken_seal()
    if verdict.broken:
        yield verdict.broken.sentence
    if seal:
        yield seal


def conclude(report: Report) -> tuple[str, int]:
    """The one line, and the exit code."""
    if report.wrong:
        more = f" 밖에 {len(report.wrong) - 1}가지" if len(report.wrong) > 1 else ""
        return f"이상을 찾았습니다: {report.wrong[0]}{more}", 1
    return f"이상이 없습니다: {', '.join(report.said)}.", 0
