"""What tools print is understood."""

import errno

import pytest

from tools import problem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("npm error code ENOSPC", problem.FULL),
        ("cause: failed to copy file: No space left on device (os error 28)", problem.FULL),
        ("OSError: [Errno 122] Disk quota exceeded: '/data'", problem.FULL),
        ("OSError: [Errno 30] Read-only file system: 'x'", problem.READ_ONLY),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", problem.HASH),
        ("error: Hash mismatch for `django==5.2`", problem.HASH),
        ("npm error code EINTEGRITY", problem.HASH),
        ("cause: invalid peer certificate: UnknownIssuer", problem.CERTIFICATE),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN", problem.CERTIFICATE),
        ("npm error code UNABLE_TO_GET_ISSUER_CERT_LOCALLY", problem.CERTIFICATE),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", problem.CERTIFICATE),
        ("Temporary failure in name resolution", problem.NETWORK),
        ("npm error code EAI_AGAIN", problem.NETWORK),
        ("cause: tcp connect error", problem.NETWORK),
        ("npm error code EACCES", problem.RIGHTS),
        ("PermissionError: [Errno 13] Permission denied: '.venv'", problem.RIGHTS),
        ("hint: uv has no wheels with a matching platform tag", problem.PLATFORM),
        ("Because uv was not found in the package registry and you", problem.PLATFORM),
        ("ERROR: No matching distribution found for uv==1", problem.PLATFORM),
    ],
)
def test_output_of_a_failed_tool_names_its_problem(text, expected):
    found = problem.from_output(f"Collecting things\n{text}\nmore")

    assert found is not None
    assert found.lines == expected


def test_a_lack_of_room_outweighs_what_follows_from_it():
    found = problem.from_output("Connection reset\nPermission denied\nENOSPC: no space left")

    assert found is not None
    assert found.lines == problem.FULL


def test_other_output_is_no_known_problem():
    assert problem.from_output("SyntaxError: invalid syntax") is None


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.ENOSPC, problem.FULL), (errno.EROFS, problem.READ_ONLY), (errno.EPERM, problem.RIGHTS)],
)
def test_errors_of_the_system_are_known(number, expected):
    found = problem.from_error(OSError(number, "x"))

    assert found is not None
    assert found.lines == expected


def test_other_errors_of_the_system_are_not():
    assert problem.from_error(OSError(errno.EISDIR, "x")) is None


def test_a_problem_shows_the_tools_words_then_both_languages():
    shown = problem.Problem("안 됩니다.", "It does not work.")
    shown.tail = ["npm error code 1"]

    assert str(shown) == "\n    npm error code 1\n✗ 안 됩니다.\n  It does not work."
