"""What is typed, and what comes back for it."""

import errno

import pytest

from mokmin import __version__
from mokmin.surfaces.cli import arguments, main


def test_the_overview_names_every_command(capsys):
    with pytest.raises(SystemExit) as ended:
        main.run([])

    shown = capsys.readouterr().out
    assert ended.value.code == 0
    assert [name for name in main.COMMANDS if f"\n  {name:<8}" not in shown] == []


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit):
        main.run(["--version"])

    assert capsys.readouterr().out == f"mokmin {__version__}\n"


def test_an_unknown_command_is_refused_in_korean(capsys):
    with pytest.raises(SystemExit) as ended:
        main.run(["serve"])

    assert ended.value.code == 2
    assert capsys.readouterr().err == (
        "쓰는 법: mokmin 명령 …\n모르는 명령입니다: serve. 명령은 `mokmin --help`에 있습니다.\n"
    )


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("the following arguments are required: slug", "빠진 것이 있습니다: slug."),
        ("unrecognized arguments: --x", "모르는 것이 있습니다: --x."),
        ("argument --port: expected one argument", "--port 뒤에 값이 없습니다."),
        ("argument --port: invalid int value: 'x'", "--port에 쓸 수 없는 값입니다: 'x'."),
        ("something new", "something new"),
    ],
)
def test_what_argparse_says_is_said_in_korean(english, korean):
    assert arguments.korean(english) == korean


def test_a_refusal_is_one_line_and_exit_code_2(capsys):
    code = main.run(["up", "--workers", "0"])

    assert code == 2
    assert capsys.readouterr().err == "--workers는 1 이상이어야 합니다.\n"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_what_the_disk_refuses_is_one_line(number):
    error = OSError(number, "no", "/var/lib/mokmin")

    assert main.expected(error) == f"/var/lib/mokmin: {main.DISK[number]}"


def test_any_other_error_of_the_system_is_a_bug():
    assert main.expected(OSError(errno.EBADF, "no")) is None
