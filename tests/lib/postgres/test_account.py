"""Whose server it is: root's, an ordinary user's, nobody else's."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import pytest

from mokmin.lib.postgres import Cluster, PostgresProblem, binaries, places
from mokmin.lib.postgres import account as accounts
from tests.lib.postgres import drive
from tests.lib.postgres.conftest import Make

DAC_OVERRIDE = 1 << 1

CONTAINER_RIGHTS = (
    *("chown", "dac_override", "fowner", "fsetid", "kill", "mknod", "net_bind_service", "net_raw"),
    *("setfcap", "setgid", "setpcap", "setuid", "sys_chroot", "audit_write"),
)
"""What the root of a container has by default; it may not look into other users' processes."""

CONNECT = """
import socket
import sys
with socket.socket(socket.AF_UNIX) as knock:
    try:
        knock.connect(sys.argv[1])
    except PermissionError:
        print("closed")
"""

WITHOUT_AMBIENT_RIGHTS = """
import ctypes
SET_SECUREBITS, NO_AMBIENT_RAISE = 28, 1 << 6
ctypes.CDLL(None).prctl(SET_SECUREBITS, NO_AMBIENT_RAISE, 0, 0, 0)
"""


def _status_line(pid: int | None, name: str) -> list[str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(line.split()[1:] for line in lines if line.startswith(f"{name}:"))


@drive.needs_root
def test_root_runs_the_server_as_a_service_user(shared: Cluster) -> None:
    uids = set(_status_line(shared.status().pid, "Uid"))

    (uid,) = uids
    assert pwd.getpwuid(int(uid)).pw_name in {"postgres", "nobody"}
    assert shared.data.stat().st_uid == int(uid)


@drive.needs_root
@pytest.mark.parametrize(("mode", "kept"), [(0o700, DAC_OVERRIDE), (0o711, 0)])
def test_server_keeps_one_right_and_only_where_it_must_pass_a_closed_folder(
    clusters: list[Cluster], open_folder: Path, mode: int, kept: int
) -> None:
    cluster = Cluster(open_folder / "자료" / "data", fsync=False)
    cluster.data.parent.mkdir(mode=mode)
    clusters.append(cluster)

    cluster.start()
    rights = [
        int(_status_line(cluster.status().pid, name)[0], 16)
        for name in ("CapEff", "CapPrm", "CapInh", "CapAmb")
    ]
    cluster.stop()

    assert rights == [kept] * 4
    assert cluster.data.parent.stat().st_mode & 0o777 == mode


@drive.needs_root
def test_programs_in_a_closed_folder_are_run_too(
    unborn: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = binaries.available()[0]
    if found.source not in binaries.PACKAGES:
        pytest.skip("the installed PostgreSQL does not come as a package and cannot be copied")
    packages = found.folder.parents[2]
    closed = tmp_path / "닫힌 곳"
    closed.mkdir(mode=0o700)
    for package in packages.glob(f"{found.source}*"):
        subprocess.run(["cp", "-a", package, closed], check=True)
    programs = closed / found.folder.relative_to(packages)
    monkeypatch.setenv("MOKMIN_PG_BIN", str(programs))
    cluster = unborn()

    cluster.start()

    assert cluster.status().binaries == binaries.Binaries(programs, found.version, binaries.SETTING)
    assert cluster.sql("SELECT 1", database="mokmin") == "1"


@drive.needs_root
def test_service_user_connects_to_roots_server_too(shared: Cluster) -> None:
    psql = shared.tool("psql", role="mokmin_app")

    ran = subprocess.run(
        psql.command("-XAtqc", "SELECT current_user"),
        env=psql.environment,
        user=shared.data.stat().st_uid,
        group=shared.data.stat().st_gid,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
    )
    if "Permission denied" in ran.stderr and "socket" not in ran.stderr:
        pytest.skip("another user may not read this checkout")

    assert ran.stdout == "mokmin_app\n"


@drive.needs_root
def test_third_user_does_not_reach_the_server(shared: Cluster) -> None:
    socket = shared.status().socket / places.SOCKET

    said = drive.lines_as(drive.somebody().pw_uid, CONNECT, socket)

    assert said == ["closed"]


@drive.needs_root
def test_ordinary_user_runs_a_server_in_a_closed_folder(open_folder: Path) -> None:
    user = drive.somebody()
    home = open_folder / "사용자 집"
    home.mkdir(mode=0o700)
    os.chown(home, user.pw_uid, user.pw_gid)

    said = drive.lines_as(user.pw_uid, drive.WHOLE_LIFE, home / "var" / "postgres")

    assert said == ["True", "mokmin_super", "True"]
    assert (home / "var" / "postgres").stat().st_uid == user.pw_uid


@drive.needs_root
def test_ordinary_user_is_told_where_writing_is_not_allowed(open_folder: Path) -> None:
    said = drive.lines_as(drive.somebody().pw_uid, drive.WHOLE_LIFE, open_folder / "var" / "data")

    assert said == [
        f"폴더나 파일({open_folder}/var)에 들어가거나 쓸 권한이 없습니다. 그것을 만든 사용자로 "
        "실행하거나 MOKMIN_VAR로 쓸 수 있는 폴더를 정해 주세요."
    ]


@drive.needs_root
def test_user_without_a_name_is_told_so(open_folder: Path) -> None:
    nameless = 54_321
    os.chown(open_folder, nameless, nameless)

    (said,) = drive.lines_as(nameless, drive.WHOLE_LIFE, open_folder / "data")

    assert said.startswith(f"사용자 번호 {nameless}에 이름이 없어 PostgreSQL을 켤 수 없습니다.")


@drive.needs_root
def test_ordinary_user_does_not_open_roots_data(born: Path, open_folder: Path) -> None:
    data = open_folder / "data"
    subprocess.run(["cp", "-a", born, data], check=True)
    user, owner = drive.somebody(), pwd.getpwuid(data.stat().st_uid).pw_name

    said = drive.lines_as(user.pw_uid, drive.WHOLE_LIFE, data)

    assert said == [
        f"데이터({data})를 root나 {owner} 사용자가 만들었으므로 {user.pw_name} 사용자로는 "
        f"다루지 않습니다. root나 {owner} 사용자로 실행하거나 "
        "MOKMIN_VAR로 다른 폴더를 정해 주세요."
    ]


@drive.needs_root
def test_root_does_not_open_an_ordinary_users_data(cluster_of: Make) -> None:
    cluster = cluster_of()
    user = drive.somebody()
    before = cluster.data.stat().st_uid
    os.chown(cluster.data, user.pw_uid, -1)

    with pytest.raises(PostgresProblem) as caught:
        cluster.start()

    after = cluster.data.stat().st_uid
    os.chown(cluster.data, before, -1)
    assert after == user.pw_uid
    assert caught.value.reason == (
        f"데이터({cluster.data})를 {user.pw_name} 사용자가 만들었으므로 root 사용자로는 "
        f"다루지 않습니다. {user.pw_name} 사용자로 실행하거나 "
        "MOKMIN_VAR로 다른 폴더를 정해 주세요."
    )


@drive.needs_root
def test_data_that_was_given_to_root_says_how_to_give_it_back(cluster_of: Make) -> None:
    cluster = cluster_of()
    before = cluster.data.stat().st_uid
    os.chown(cluster.data, 0, -1)

    with pytest.raises(PostgresProblem, match="주인이 root로 바뀌어 있습니다"):
        cluster.start()

    os.chown(cluster.data, before, -1)


def test_ordinary_user_runs_programs_as_they_are(
    unborn: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = drive.somebody()
    monkeypatch.setattr(os, "geteuid", lambda: user.pw_uid)

    account = accounts.for_data(unborn().data)

    assert account.callers == (user.pw_name,)
    assert account.command(["psql", Path("a b")], reach=[]) == ["psql", "a b"]


def test_root_without_a_service_user_is_told_how_to_make_one(
    unborn: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(accounts, "NEEDED", {})
    monkeypatch.setattr(accounts, "SERVICE_USERS", ("nobody-by-this-name",))

    with pytest.raises(PostgresProblem, match="`useradd --system postgres`로 만들어 주세요"):
        accounts.for_data(unborn().data)


@drive.needs_root
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv is not installed")
@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        (
            "--bounding-set=-dac_override",
            "이 환경의 root에는 CAP_DAC_OVERRIDE 권한이 없어 PostgreSQL을 켤 수 없습니다.",
        ),
        (
            "--bounding-set=-setuid,-setgid",
            "이 환경의 root에는 CAP_SETGID, CAP_SETUID 권한이 없어 PostgreSQL을 켤 수 없습니다.",
        ),
    ],
    ids=["no override", "no change of user"],
)
def test_refused_right_is_told_in_one_sentence(unborn: Make, option: str, sentence: str) -> None:
    cluster = unborn()

    said = drive.lines_of(drive.process(drive.WHOLE_LIFE, cluster.data, before=("setpriv", option)))

    assert len(said) == 1
    assert said[0].startswith(sentence)
    assert not cluster.data.exists()


@drive.needs_root
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv is not installed")
def test_root_of_an_ordinary_container_runs_a_server(unborn: Make) -> None:
    cluster = unborn()
    only = "--bounding-set=-all," + ",".join(f"+{name}" for name in CONTAINER_RIGHTS)

    said = drive.lines_of(drive.process(drive.WHOLE_LIFE, cluster.data, before=("setpriv", only)))

    assert said == ["True", "mokmin_super", "True"]


@drive.needs_root
@pytest.mark.skipif(shutil.which("unshare") is None, reason="unshare is not installed")
def test_root_of_a_user_name_space_without_other_users_is_told_so(unborn: Make) -> None:
    before = ("unshare", "--user", "--map-root-user")
    said = drive.lines_of(drive.process(drive.WHOLE_LIFE, unborn().data, before=before))
    if "unshare:" in said[0]:
        pytest.skip("this environment does not allow user name spaces")

    assert said == [accounts.USER_REFUSED]


@drive.needs_root
def test_refusal_to_hand_the_right_on_is_told_in_one_sentence(unborn: Make) -> None:
    cluster = unborn()

    (said,) = drive.lines_of(drive.process(WITHOUT_AMBIENT_RIGHTS + drive.WHOLE_LIFE, cluster.data))

    assert said.startswith(
        "데이터나 프로그램이 다른 사용자가 들어갈 수 없는 폴더에 있는데, 서버에 "
        "CAP_DAC_OVERRIDE를 넘기는 것을 이 환경이 막고 있습니다."
    )
    assert not cluster.data.exists()


FULL = """
import subprocess
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path
from mokmin.lib.postgres import Cluster, PostgresProblem, binaries, places
from mokmin.lib.postgres import account as accounts
place, size = sys.argv[1:]
options = f"size={size},nr_inodes=4000"
subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", place], check=True)
cluster = Cluster(Path(place) / "data", fsync=False)
try:
    cluster.start()
    cluster.stop()
    with suppress(OSError):
        for number in count():
            (Path(place) / f"ballast{number}").touch()
    cluster.start()
except PostgresProblem as problem:
    print(problem.reason)
finally:
    cluster.stop()
"""


@drive.needs_root
@pytest.mark.skipif(shutil.which("unshare") is None, reason="unshare is not installed")
@pytest.mark.parametrize("size", ["40m", "220m"], ids=["at first", "later"])
def test_full_disk_is_told_in_one_sentence(open_folder: Path, size: str) -> None:
    # The small disk is mounted in a name space of its own and vanishes with the process.
    private = ("unshare", "--mount")
    said = drive.lines_of(drive.process(FULL, open_folder, size, before=private))
    if any(words in line for line in said for words in ("unshare:", "mount:")):
        pytest.skip("this environment does not allow a mount")

    assert [line.partition(". ")[0] for line in said] == ["디스크에 빈자리가 없습니다"]
