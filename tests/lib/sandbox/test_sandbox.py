"""One file, one process: what it answers, what it may not do, how it ends."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from mokmin.lib import sandbox
from mokmin.lib.sandbox import Limits, Reason, Trial, Unreadable
from tests.environment import ROOT
from tests.lib.sandbox import hostile

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the locks are Linux's")
READERS = "tests.lib.sandbox.hostile:"
SHORT = Limits(seconds=1, memory=400 * 1024**2, answer=10**6)
LONG = Limits(seconds=30, memory=400 * 1024**2, answer=10**6)


def read(name, content=b"", *, limits=LONG, **options):
    return sandbox.read(BytesIO(content), READERS + name, options=options, limits=limits)


def reason_of(name, *, limits=LONG, **options):
    with pytest.raises(Unreadable) as caught:
        read(name, limits=limits, **options)
    return caught.value.reason


def children():
    """Processes that read a file for this one, and the zombies among them."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_bytes()
        except (OSError, IndexError):
            continue
        if parent == os.getpid() and (b"mokmin.lib.sandbox" in command or not command):
            found.append(entry.name)
    return found


def test_what_a_reader_makes_of_the_file_comes_back_as_it_is():
    answer = read("echo", "해솔군".encode(), sheets=["가", "나"])

    assert answer == {"content": "해솔군", "options": {"sheets": ["가", "나"]}}


def test_a_file_on_disk_is_read_from_its_beginning_and_left_where_it_stood(tmp_path):
    path = tmp_path / "자료.txt"
    path.write_text("처음부터 끝까지")

    with path.open("r+b") as file:
        file.seek(6)
        answer = sandbox.read(file, READERS + "echo", limits=LONG)
        stands_at = file.tell()

    assert (answer["content"], stands_at) == ("처음부터 끝까지", 6)


def test_what_has_been_written_and_not_yet_flushed_is_read_as_well(tmp_path):
    with (tmp_path / "자료.txt").open("w+b") as file:
        file.write(b"abc")

        answer = sandbox.read(file, READERS + "echo", limits=LONG)

    assert answer["content"] == "abc"


def test_the_process_inherits_nothing(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")

    assert set(read("environment")) <= {"LC_CTYPE"}


@ON_LINUX
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("spin", Reason.TOO_SLOW),
        ("sleep", Reason.TOO_SLOW),
        ("close_and_hang", Reason.TOO_SLOW),
        ("swallow_memory", Reason.TOO_BIG),
        ("exhaust_memory_below_python", Reason.TOO_BIG),
        ("flood", Reason.TOO_BIG),
        ("raise_an_error", Reason.BROKEN),
        ("descend", Reason.BROKEN),
        ("die", Reason.DIED),
        ("leave", Reason.DIED),
    ],
)
def test_each_way_to_fail_has_its_reason_and_leaves_no_process(name, reason):
    found = reason_of(name, limits=SHORT if reason == Reason.TOO_SLOW else LONG)

    assert (found, children()) == (reason, [])


@pytest.mark.parametrize(
    "said", ["", "엉뚱한 말", "5", "[]", "null", "{}", '{"reason": "no such"}', '{"reason": []}']
)
def test_an_answer_that_is_none_counts_as_a_death(said):
    assert reason_of("say_nonsense", said=said) == Reason.DIED


def test_an_answer_that_is_too_deep_counts_as_a_death():
    assert reason_of("say_nonsense", said="[" * 30_000) == Reason.DIED


def test_complaints_do_not_keep_the_answer_back():
    assert read("complain") == "끝"


def test_every_reason_is_a_sentence_that_a_form_shows_at_its_field():
    problems = [Unreadable(reason).problems["file"] for reason in Reason]

    assert len(set(problems)) == len(Reason)
    assert all(problem.endswith(".") for problem in problems)


@ON_LINUX
def test_nothing_but_reading_the_file_is_allowed(tmp_path):
    own = tmp_path / "own.txt"
    own.write_text("x")

    found = read("attempts", parent=os.getpid(), own=str(own))

    assert [name for name, refusal in found.items() if not refusal] == []
    assert {found[name] for name in hostile.ANYBODY_MAY} <= {"EPERM", "EACCES"}
    assert own.read_text() == "x"


@ON_LINUX
def test_whoever_no_longer_wants_the_answer_ends_the_reading():
    class Enough(Exception):
        pass

    ticks = iter(range(3))

    def tick():
        if next(ticks, None) is None:
            raise Enough

    with pytest.raises(Enough):
        sandbox.read(BytesIO(b""), READERS + "sleep", limits=LONG, tick=tick)

    assert children() == []


def test_more_files_than_there_is_room_for_wait_for_their_turn():
    answers = {}

    def work(number):
        answers[number] = read("echo", str(number).encode())["content"]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == {number: str(number) for number in range(5)}


@ON_LINUX
def test_whoever_waits_too_long_for_a_turn_is_told_that_others_are_read():
    class Enough(Exception):
        pass

    enough, reading = threading.Event(), threading.Semaphore(0)

    def occupy():
        ticks = iter(["waits"])

        def tick():
            if next(ticks, None) is None:
                reading.release()
            if enough.is_set():
                raise Enough

        with pytest.raises(Enough):
            sandbox.read(BytesIO(b""), READERS + "sleep", limits=LONG, tick=tick)

    others = [threading.Thread(target=occupy) for _ in range(2)]
    for other in others:
        other.start()
        reading.acquire()

    found = reason_of("echo", limits=replace(LONG, patience=1))

    enough.set()
    for other in others:
        other.join()
    assert found == Reason.BUSY


@pytest.fixture(scope="module")
def examined():
    return sandbox.examine()


@ON_LINUX
@pytest.mark.parametrize("name", hostile.LOCKS)
def test_every_lock_that_the_kernel_grants_is_taken(name, examined):
    try:
        _run(f"from tests.lib.sandbox import hostile; hostile.take({name!r})", user=None)
    except subprocess.CalledProcessError:
        pytest.skip(f"this kernel does not grant {name}")

    assert name in examined.locks


@ON_LINUX
def test_with_its_locks_everything_is_forbidden(examined):
    if missing := {"landlock", "seccomp"} - set(examined.locks):
        pytest.skip(f"this kernel does not grant {', '.join(sorted(missing))}")

    assert examined == Trial(*(True,) * 5, locks=examined.locks)


@ON_LINUX
def test_a_network_that_ends_at_this_machine_is_not_forbidden(examined):
    if "namespace" not in examined.locks:
        pytest.skip("this kernel does not grant a network of one's own")

    outside, found = _run(
        "from tests.lib.sandbox import hostile; hostile.without_a_route()", user=None
    ).split(" ", 1)

    assert (outside, "network" in json.loads(found)) == ("ENETUNREACH", False)


ALONE = "from tests.lib.sandbox import hostile; hostile.one_lock({!r})"
GRANTED = {
    "seccomp": {"network", "processes", "writing"},
    "landlock": {"writing", "other_files"},
    "namespace": {"network"},
}


@ON_LINUX
@pytest.mark.parametrize("name", GRANTED)
def test_each_lock_holds_by_itself(name, examined):
    if name not in examined.locks:
        pytest.skip(f"this kernel does not grant {name}")

    said = _run(ALONE.format(name), user=None)

    assert GRANTED[name] <= set(json.loads(said))


@ON_LINUX
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_is_locked_in_as_well(examined):
    found = {_as_nobody(python) for python in (sys.executable, "/usr/bin/python3")} - {""}
    if not found:
        pytest.skip("no interpreter of this machine is open to others than root")

    assert found == {f"{examined}\n"}


def _as_nobody(python):
    """What another user's sandbox says of itself; nothing where that user cannot even start."""
    code = "import sys; assert sys.version_info >= (3, 11); from mokmin.lib import sandbox; "
    try:
        return _run(code + "print(sandbox.examine())", user=65534, python=python)
    except (OSError, subprocess.CalledProcessError):
        return ""


def _run(code, *, user, python=sys.executable):
    path = [str(ROOT / "src"), str(ROOT)]
    done = subprocess.run(
        [python, "-c", f"import sys; sys.path[:0] = {path!r}; {code}"],
        capture_output=True, text=True, check=True, user=user, cwd="/", timeout=60,
    )  # fmt: skip
    return done.stdout
