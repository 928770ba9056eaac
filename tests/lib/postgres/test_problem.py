"""What is said when the file system, the machine or a file in the way says no."""

import errno
import os
from pathlib import Path

import pytest

from mokmin.lib.errors import Refusal
from mokmin.lib.postgres import Cluster, PostgresProblem, files, logs, places, problem
from mokmin.lib.postgres import account as accounts
from tests.lib.postgres.conftest import Make

PLACE = Path("/자료")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (
            errno.ENOSPC,
            "디스크에 빈자리가 없습니다. 폴더(/자료)가 있는 디스크를 비운 뒤 다시 실행해 주세요.",
        ),
        (
            errno.EDQUOT,
            "디스크에 빈자리가 없습니다. 폴더(/자료)가 있는 디스크를 비운 뒤 다시 실행해 주세요.",
        ),
        (
            errno.EACCES,
            "폴더나 파일(/자료/x)에 들어가거나 쓸 권한이 없습니다. 그것을 만든 사용자로 "
            "실행하거나 MOKMIN_VAR로 쓸 수 있는 폴더를 정해 주세요.",
        ),
        (
            errno.EROFS,
            "읽기 전용 디스크여서 쓸 수 없습니다(/자료/x). "
            "MOKMIN_VAR로 쓸 수 있는 폴더를 정해 주세요.",
        ),
    ],
)
def test_expected_no_of_the_file_system_is_one_sentence(number: int, sentence: str) -> None:
    with pytest.raises(PostgresProblem) as caught, problem.explained(PLACE):
        raise OSError(number, os.strerror(number), "/자료/x")

    assert str(caught.value) == sentence


def test_unexpected_error_surfaces_as_it_is() -> None:
    with pytest.raises(NotADirectoryError), problem.explained(PLACE):
        raise NotADirectoryError(errno.ENOTDIR, "", "x")


def test_problem_is_a_refusal_that_shows_sentence_and_log() -> None:
    told = PostgresProblem("켜지지 않았습니다.", log=["FATAL:  one", "HINT:  two"])

    assert isinstance(told, Refusal)
    assert str(told) == "켜지지 않았습니다.\n    FATAL:  one\n    HINT:  two"


def test_other_systems_than_linux_are_told(unborn: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")

    with pytest.raises(PostgresProblem, match="리눅스"):
        unborn().start()

    monkeypatch.undo()


def test_address_is_known_even_where_the_data_may_not_be_looked_into(
    cluster_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = cluster_of()

    def closed(path: Path, *, offset: int = 0) -> str | None:
        raise PermissionError(errno.EACCES, "", str(path))

    open_address = cluster.url("mokmin_app")
    monkeypatch.setattr(files, "read", closed)

    assert cluster.url("mokmin_app") == open_address
    monkeypatch.undo()


def test_link_in_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("keep")
    link = tmp_path / "mokmin.conf"
    link.symlink_to(secret)

    with pytest.raises(OSError, match="symbolic links"):
        files.read(link)


def test_pipe_in_place_of_a_file_is_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "postmaster.pid")

    assert files.read(tmp_path / "postmaster.pid") is None


def test_file_is_replaced_in_one_step_and_only_when_it_differs(tmp_path: Path) -> None:
    account = accounts.ServerUser(os.geteuid(), os.getegid(), ())
    (tmp_path / "a.conf.tmp").write_text("left by a crash")
    files.write(tmp_path, "a.conf", "하나", account=account)
    first = (tmp_path / "a.conf").stat().st_ino

    files.write(tmp_path, "a.conf", "하나", account=account)
    kept = (tmp_path / "a.conf").stat().st_ino
    files.write(tmp_path, "a.conf", "둘", account=account)

    assert kept == first
    assert [path.name for path in tmp_path.iterdir()] == ["a.conf"]
    assert (tmp_path / "a.conf").read_text() == "둘"


def test_only_what_was_logged_since_the_mark_is_shown(tmp_path: Path) -> None:
    data = tmp_path / "data"
    folder = places.log_folder(data)
    folder.mkdir()
    (folder / "postgresql-Fri.log").write_text("old\n")
    (folder / "postgresql-Sat.log").write_text("a week old, and long\n")
    marked = logs.mark(data)

    (folder / "postgresql-Fri.log").write_text("old\nnew\n")
    (folder / "postgresql-Sat.log").write_text("begun anew\n")
    places.start_log(data).write_text("first words\n")

    assert logs.since(data, marked) == ["first words", "new", "begun anew"]


def test_stop_where_there_never_was_data_says_so(unborn: Make) -> None:
    stopped = Cluster(unborn().data).stop()

    assert not stopped
