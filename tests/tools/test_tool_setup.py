"""Set-up: every expected failure is one clear line, and nothing is done twice."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest

from tests.tools.small import SHELL, closed_network, plain_environment, run
from tools import place, problem, python_steps, setup

SETUP = ["tools/python.sh", "-m", "tools.setup", "run"]
DEADLINE = 30


def closing_lines(done: subprocess.CompletedProcess[str]) -> tuple[str, str]:
    korean, english = done.stdout.splitlines()[-2:]
    return korean.removeprefix("✗ "), english.strip()


def test_a_python_without_ensurepip_gets_the_debian_hint(checkout, programs, tmp_path):
    without = tmp_path / "without"
    without.mkdir()
    (without / "ensurepip.py").write_text("raise ImportError\n", "ascii")
    path = programs("python3", f"PYTHONPATH='{without}' exec '{sys._base_executable}' \"$@\"")

    done = run(checkout, SETUP, {"PATH": str(path), "MOKMIN_PYTHON": ""})

    assert (done.returncode, closing_lines(done)) == (1, problem.NO_ENSUREPIP)


def test_without_a_network_the_mirror_is_mentioned(made_checkout):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/simple"

        done = run(made_checkout, SETUP, {"PIP_INDEX_URL": address})

    assert (done.returncode, closing_lines(done)) == (1, problem.NETWORK)


def test_a_package_of_another_content_is_refused(made_checkout, tmp_path):
    version = Path(made_checkout, "requirements/bootstrap.in").read_text("utf-8").strip()
    name = version.replace("==", "-")
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    with zipfile.ZipFile(mirror / f"{name}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}.dist-info/METADATA", "Metadata-Version: 2.1\nName: uv\n")

    done = run(made_checkout, SETUP, {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(mirror)})

    assert (done.returncode, closing_lines(done)) == (1, problem.HASH)


def test_a_machine_for_which_there_is_no_package_is_told_so(made_checkout):
    done = run(made_checkout, SETUP, closed_network(made_checkout))

    assert (done.returncode, closing_lines(done)) == (1, problem.PLATFORM)


def test_the_last_lines_of_a_failed_tool_stand_above_the_clear_line(made_checkout):
    done = run(made_checkout, SETUP, closed_network(made_checkout))

    above = done.stdout.splitlines()[-3].strip()
    log = (made_checkout / "var/log/setup.log").read_text("utf-8").splitlines()
    assert above.startswith("ERROR: No matching distribution found for uv==")
    assert above in log


def mounted(checkout: Path, mount: str) -> tuple[str, ...]:
    """A shell prefix that runs what follows with this mount made for it alone."""
    unshare = shutil.which("unshare")
    if not unshare:
        pytest.skip("unshare가 없습니다.")
    rights = ("-m",) if os.geteuid() == 0 else ("-r", "-m")
    probe = subprocess.run([unshare, *rights, "true"], capture_output=True, check=False)
    if probe.returncode:
        pytest.skip("이 컴퓨터에서는 따로 마운트할 수 없습니다.")
    return (unshare, *rights, SHELL, "-c", f'{mount} && cd "$0" && exec "$@"', str(checkout))


def test_a_read_only_folder_is_told(checkout):
    mount = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"'

    done = run(checkout, SETUP, before=mounted(checkout, mount))

    assert (done.returncode, closing_lines(done)) == (1, problem.READ_ONLY)


@pytest.mark.parametrize("room", ["400k", "4m"], ids=["when it starts", "in the middle"])
def test_a_full_disk_is_told(checkout, tmp_path, room):
    small = tmp_path / "작은 곳"
    small.mkdir()
    mount = f'mount -t tmpfs -o size={room} none "$0" && cp -r "{checkout}/." "$0"'

    done = run(small.parent, [str(small / SETUP[0]), *SETUP[1:]], before=mounted(small, mount))

    assert (done.returncode, closing_lines(done)) == (1, problem.FULL)


def test_a_folder_that_may_not_be_written_is_told(checkout):
    checkout.chmod(0o555)
    tamed = ()
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("setpriv가 없습니다.")
        tamed = ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-all")

    done = run(checkout, SETUP, before=tamed)
    checkout.chmod(0o755)

    assert (done.returncode, closing_lines(done)) == (1, problem.RIGHTS)


@pytest.mark.skipif(os.geteuid() != 0, reason="다른 사용자가 되려면 관리자 권한이 필요합니다.")
@pytest.mark.skipif(not shutil.which("setpriv"), reason="setpriv가 없습니다.")
def test_an_environment_of_another_user_is_told_with_its_owner(made_checkout):
    # The rights to read stay, so that folders above, which only root may enter, do not matter.
    rights = ("--inh-caps=+dac_override", "--ambient-caps=+dac_override")
    other = ("setpriv", "--reuid=4321", "--regid=4321", "--clear-groups", *rights)

    done = run(made_checkout, SETUP, before=other)

    assert closing_lines(done) == problem.foreign(made_checkout / ".venv").lines
    assert "(root)" in closing_lines(done)[0]


def test_a_second_set_up_at_the_same_time_is_kept_out(checkout):
    (checkout / "var").mkdir()
    with (checkout / "var/setup.lock").open("w") as lock:
        lock.write("12345\n")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)

        done = run(checkout, SETUP)

    assert (done.returncode, closing_lines(done)) == (
        1,
        (
            "다른 준비 작업이 이 폴더에서 돌고 있습니다(프로세스 12345). "
            "끝난 뒤 다시 실행해 주세요.",
            "Another set-up is running in this folder (process 12345). Run again when it is done.",
        ),
    )


class Silent:
    """A server on loopback that accepts and never answers."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.asked = threading.Event()
        self.calls: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        self.calls.append(self.socket.accept()[0])
        self.asked.set()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}/simple"

    def close(self) -> None:
        for call in [*self.calls, self.socket]:
            call.close()


@pytest.fixture
def hanging(made_checkout):
    """A set-up that waits for an index that never answers."""
    server = Silent()
    process = subprocess.Popen(
        [SHELL, *SETUP],
        cwd=made_checkout,
        env={**plain_environment(made_checkout), "PIP_INDEX_URL": server.address},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    assert server.asked.wait(DEADLINE)
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()
    server.close()


def wait_until_free(lock: Path) -> None:
    with lock.open() as handle:
        until = time.monotonic() + DEADLINE
        while time.monotonic() < until:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                threading.Event().wait(0.05)
            else:
                return
    raise AssertionError("The lock is still held.")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "TERM"])
def test_a_stopped_set_up_leaves_no_tool_behind_and_no_lock(hanging, made_checkout, number):
    hanging.send_signal(number)
    said, _ = hanging.communicate(timeout=DEADLINE)

    assert (hanging.returncode, said.splitlines()[-1]) == (
        130,
        "준비를 멈췄습니다. 같은 명령을 다시 실행하시면 이어서 합니다.",
    )
    wait_until_free(made_checkout / "var/setup.lock")


def test_while_a_tool_of_a_killed_set_up_still_writes_the_next_is_kept_out(hanging, made_checkout):
    hanging.kill()
    hanging.wait(DEADLINE)

    done = run(made_checkout, SETUP)
    os.killpg(hanging.pid, signal.SIGTERM)

    assert closing_lines(done)[1] == (
        f"Another set-up is running in this folder (process {hanging.pid}). "
        "Run again when it is done."
    )
    wait_until_free(made_checkout / "var/setup.lock")


def remaining(checkout: Path) -> list[str]:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from tools.setup import steps\nfor s in steps('run'): print(s.label)",
        ],
        cwd=checkout,
        env=plain_environment(checkout),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.splitlines()


def test_an_environment_that_was_never_finished_is_made_anew(made_checkout):
    (made_checkout / ".venv/.mokmin/venv").unlink()

    assert remaining(made_checkout)[:2] == [
        "파이썬 환경(.venv)을 만듭니다",
        "설치 도구(uv)를 받습니다",
    ]


def test_an_environment_that_lost_its_pip_is_made_anew(made_checkout):
    shutil.rmtree(made_checkout / ".venv/lib")

    assert remaining(made_checkout)[0] == "파이썬 환경(.venv)을 만듭니다"


def test_an_environment_whose_python_is_gone_is_made_anew(made_checkout):
    python = made_checkout / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/nowhere/python3")

    assert remaining(made_checkout)[0] == "파이썬 환경(.venv)을 만듭니다"


def test_a_moved_environment_learns_its_new_place(made_checkout):
    (made_checkout / ".venv/bin/activate").write_text("VIRTUAL_ENV=/elsewhere", "ascii")

    done = run(made_checkout, SETUP, closed_network(made_checkout))

    sourced = subprocess.run(
        [SHELL, "-c", '. .venv/bin/activate && printf %s "$VIRTUAL_ENV"'],
        cwd=made_checkout,
        capture_output=True,
        check=True,
    )
    assert "옮겨진 파이썬 환경(.venv)을 고칩니다" in done.stdout.splitlines()[0]
    assert sourced.stdout.decode() == str(made_checkout / ".venv")


def test_packages_for_development_stay_when_only_the_product_is_asked_for():
    levels = [
        python_steps.wanted_level(installed, asked)
        for installed in ("", "run 1f", "dev 2e")
        for asked in ("run", "dev")
    ]

    assert levels == ["run", "dev", "run", "dev", "dev", "dev"]


def test_our_package_is_found_by_a_relative_path_that_no_locale_can_misread():
    paths = list(place.VENV.glob("lib/python*/site-packages/*mokmin.pth"))

    assert [path.read_text("ascii") for path in paths] == ["../../../../src\n"]


def test_in_a_checkout_that_is_set_up_nothing_is_left_to_do():
    assert [step.label for step in setup.steps("dev")] == []


def test_an_unknown_level_is_refused(checkout):
    done = run(checkout, [*SETUP[:-1], "all"])

    assert (done.returncode, done.stdout) == (2, "python3 -m tools.setup run|dev\n")
