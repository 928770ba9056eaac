"""argparse that speaks Korean."""

import argparse
import re
from typing import Any, NoReturn

REFUSED = 2

SAID = (
    (r"the following arguments are required: (.+)", r"빠진 것이 있습니다: \1."),
    (r"unrecognized arguments: (.+)", r"모르는 것이 있습니다: \1."),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 뒤에 값이 없습니다."),
    (
        r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)",
        r"\1: \2 대신 다음 가운데 하나를 적어 주세요: \3.",
    ),
    (r"argument (.+?): invalid \w+ value: (.+)", r"\1에 쓸 수 없는 값입니다: \2."),
    (r"argument (.+?): not allowed with argument (.+)", r"\1과 \2 가운데 하나만 쓸 수 있습니다."),
)
"""What argparse says, and how we say it."""


class Parser(argparse.ArgumentParser):
    """One command's parser; a wrong command line ends with exit code 2 like any refusal."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        options |= {"add_help": False, "allow_abbrev": False}
        super().__init__(*args, **options)
        self._positionals.title = "인자"
        self._optionals.title = "옵션"
        self.add_argument("-h", "--help", action="help", help="이 도움말을 보여 줍니다")

    def format_usage(self) -> str:
        """`쓰는 법:` for `usage:`."""
        return super().format_usage().replace("usage:", "쓰는 법:", 1)

    def format_help(self) -> str:
        """As above."""
        return super().format_help().replace("usage:", "쓰는 법:", 1)

    def error(self, message: str) -> NoReturn:
        """Tell how it is written, and what was wrong."""
        self.exit(REFUSED, f"{self.format_usage()}{korean(message)}\n")


def korean(message: str) -> str:
    """A message of argparse in Korean; one that is new to us stays as it is."""
    for pattern, sentence in SAID:
        if found := re.fullmatch(pattern, message, flags=re.DOTALL):
            return found.expand(sentence)
    return message
