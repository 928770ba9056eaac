"""Which Python runs the tools."""

import sys

from tests.tools.small import run


def test_a_python_that_is_too_old_is_named_in_both_languages(checkout, programs):
    path = programs("python3", "echo 3.9.18; exit 1")

    done = run(checkout, ["tools/python.sh", "-V"], {"PATH": str(path), "MOKMIN_PYTHON": ""})

    assert (done.returncode, done.stdout.splitlines()) == (
        1,
        [
            "✗ 파이썬 3.11 이상이 필요합니다(찾은 것: python3 3.9.18). "
            "설치한 뒤 다시 실행해 주세요.",
            "  Python 3.11 or later is needed (found: python3 3.9.18). Install it and run again.",
        ],
    )


def test_without_any_python_the_same_is_said(checkout, programs):
    path = programs("something", "exit 0")

    done = run(checkout, ["tools/python.sh", "-V"], {"PATH": str(path), "MOKMIN_PYTHON": ""})

    assert done.stdout.splitlines()[1] == (
        "  Python 3.11 or later is needed (found: none). Install it and run again."
    )


def test_a_later_python_beside_an_old_one_is_taken(checkout, programs):
    programs("python3", "echo 3.9.18; exit 1")
    path = programs("python3.12", f"exec '{sys.executable}' \"$@\"")

    done = run(
        checkout,
        ["tools/python.sh", "-c", "print('later')"],
        {"PATH": str(path), "MOKMIN_PYTHON": ""},
    )

    assert done.stdout == "later\n"


def test_a_python_with_ensurepip_is_preferred(checkout, programs):
    programs("python3", "echo 3.12.1; exit 3")
    path = programs("python3.11", 'test "$1" = -c && echo 3.11.9 || echo "with ensurepip"')

    done = run(checkout, ["tools/python.sh", "-V"], {"PATH": str(path), "MOKMIN_PYTHON": ""})

    assert done.stdout == "with ensurepip\n"
