"""What was typed: finds the command, runs it, and turns refusals into one line and an exit code."""

import errno
import importlib
import sys
from collections.abc import Sequence
from typing import Any, cast

from mokmin import __version__
from mokmin.lib.errors import Refusal
from mokmin.surfaces.cli.arguments import REFUSED, Parser

INTERRUPTED = 130
PACKAGE = "mokmin.surfaces.cli"

COMMANDS = {
    "up": "켭니다: 데이터베이스, 웹 서버, 작업기",
    "demo": "시험 자치단체(해솔군)와 함께 켭니다",
    "db": "데이터베이스를 켜고 끄고 백업하고 되돌립니다",
    "tenant": "자치단체를 만들고 봅니다",
    "doctor": "무엇이 잘못되었고 어떻게 고치는지 알려 줍니다",
    "worker": "작업기 하나를 더 켭니다",
    "manage": "Django의 관리 명령을 실행합니다",
}
"""Each a module of this package, loaded only when asked for: `up` must start fast."""

WITH_MODELS = ("tenant",)
"""Their modules can be loaded only after Django's registry of apps."""

DISK = {
    errno.ENOSPC: "디스크에 빈자리가 없습니다. 비운 뒤 다시 실행해 주세요. (disk full)",
    errno.EDQUOT: "디스크 할당량을 다 썼습니다. 비운 뒤 다시 실행해 주세요. (disk quota exceeded)",
    errno.EACCES: "쓸 권한이 없습니다. 이 폴더를 만든 사용자로 실행해 주세요. (permission denied)",
    errno.EPERM: "허용되지 않은 일입니다. 이 폴더를 만든 사용자로 실행해 주세요. (not permitted)",
    errno.EROFS: "읽기 전용 디스크입니다. MOKMIN_VAR로 다른 폴더를 정해 주세요. (read-only disk)",
}


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit code: 0 done, 1 found wrong, 2 refused, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        cast("Any", stream).reconfigure(errors="replace")
    try:
        return _command(arguments)
    except Refusal as refusal:
        return tell(str(refusal), REFUSED)
    except KeyboardInterrupt:
        return tell("멈췄습니다.", INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as error:
        if (sentence := expected(error)) is None:
            raise
        return tell(sentence, REFUSED)


def tell(sentence: str, code: int) -> int:
    """One line on stderr, and the exit code that goes with it."""
    print(sentence, file=sys.stderr, flush=True)
    return code


def expected(error: OSError) -> str | None:
    """What a person is told of a full disk and its like; None for what is a bug."""
    if error.errno not in DISK:
        return None
    place = f"{error.filename}: " if error.filename else ""
    return place + DISK[error.errno]


def _command(arguments: Sequence[str]) -> int:
    first = arguments[0] if arguments else "--help"
    if first.startswith("-"):
        _overview().parse_args(arguments or [first])
    if first not in COMMANDS:
        _overview().error(f"모르는 명령입니다: {first}. 명령은 `mokmin --help`에 있습니다.")
    if first in WITH_MODELS:
        importlib.import_module(f"{PACKAGE}.framework").set_up()
    command = importlib.import_module(f"{PACKAGE}.{first}")
    parser = Parser(prog=f"mokmin {first}", description=f"{COMMANDS[first]}.")
    return cast("int", command.run(parser, arguments[1:]))


def _overview() -> Parser:
    lines = "\n".join(f"  {name:<8}{about}" for name, about in COMMANDS.items())
    parser = Parser(
        prog="mokmin",
        usage="mokmin 명령 …",
        description="목민: 시·군·구의 업무 순환을 한곳에서 돌리는 공개 플랫폼",
        epilog=f"명령:\n{lines}\n\n명령마다 자세한 도움말이 있습니다: mokmin 명령 --help",
    )
    parser.add_argument(
        "--version", action="version", version=f"mokmin {__version__}", help="판을 보여 줍니다"
    )
    return parser
