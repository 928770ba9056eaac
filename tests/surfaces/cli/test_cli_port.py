"""The port of the web server."""

import socket

import pytest

from mokmin.lib.errors import Refusal
from mokmin.surfaces.cli.port import reserve

LOOPBACK = "127.0.0.1"


@pytest.fixture
def taken():
    """A port on which somebody listens."""
    with socket.create_server((LOOPBACK, 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_moves_to_the_next_free_one(taken):
    port = reserve(LOOPBACK, taken, may_move=True)

    assert taken < port.number < taken + 50
    port.held.close()


def test_a_taken_port_that_must_not_move_is_refused(taken):
    with pytest.raises(Refusal) as refused:
        reserve(LOOPBACK, taken, may_move=False, patience=0)

    assert str(refused.value).startswith(f"{taken}번 포트를 다른 프로그램이 쓰고 있습니다.")


def test_a_reserved_port_is_taken_for_everybody_else():
    first = reserve(LOOPBACK, 0, may_move=True)

    second = reserve(LOOPBACK, first.number, may_move=True)

    assert second.number != first.number
    first.held.close()
    second.held.close()


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(Refusal) as refused:
        reserve("203.0.113.7", 8000, may_move=True)

    assert str(refused.value) == "--host의 203.0.113.7은(는) 이 컴퓨터의 주소가 아닙니다."


def test_a_port_that_nobody_answers_on_is_not_up():
    port = reserve(LOOPBACK, 0, may_move=True)

    assert not port.answers()
    port.held.close()
