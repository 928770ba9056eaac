"""The refusals a person may meet; anything else that is raised is a bug and surfaces."""

from collections.abc import Mapping


class Refusal(Exception):
    """An expected no, told to the person in one Korean sentence."""


class Denied(Refusal):
    """This person may not do this now (안 되는 사람·때)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Invalid(Refusal):
    """What was entered cannot be taken; `problems` maps each field to its sentence, all at once."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)
