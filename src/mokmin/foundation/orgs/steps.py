"""The steps of a reorganisation (조직개편) as values, and how they are kept as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

from mokmin.foundation.orgs.states import PostRank, StepKind, UnitKind
from mokmin.lib.errors import Invalid


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that comes to be; until it has a uid, its `key` names it."""

    key: str
    kind: UnitKind
    name: str
    parent: str | None
    position: int = 0
    phone: str = ""


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post that comes to be in a unit, named by uid or key."""

    key: str
    unit: str
    rank: PostRank
    title: str
    grade: str = ""
    duties: str = ""
    phone: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class CreateUnit:
    """A new unit (신설)."""

    kind: ClassVar[StepKind] = StepKind.CREATE
    unit: NewUnit


@dataclass(frozen=True, slots=True)
class RenameUnit:
    """Another name or kind (명칭 변경); what is empty stays."""

    kind: ClassVar[StepKind] = StepKind.RENAME
    unit: str
    name: str = ""
    unit_kind: UnitKind | None = None


@dataclass(frozen=True, slots=True)
class MoveUnit:
    """Another unit above (소속 변경); None puts it at the top."""

    kind: ClassVar[StepKind] = StepKind.MOVE
    unit: str
    parent: str | None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class MergeUnits:
    """Several units become one (통합): one of them, another that stands, or a new one (`made`)."""

    kind: ClassVar[StepKind] = StepKind.MERGE
    units: tuple[str, ...]
    into: str
    made: NewUnit | None = None


@dataclass(frozen=True, slots=True)
class SplitPart:
    """What one unit gets of a split one: `unit` is a uid, or the key of `made`."""

    unit: str
    posts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    made: NewUnit | None = None


@dataclass(frozen=True, slots=True)
class SplitUnit:
    """One unit becomes several (분할); it goes on when it is one of the parts itself."""

    kind: ClassVar[StepKind] = StepKind.SPLIT
    unit: str
    parts: tuple[SplitPart, ...]


@dataclass(frozen=True, slots=True)
class AbolishUnit:
    """A unit ends (폐지); its posts go to another one, or are closed when none is named."""

    kind: ClassVar[StepKind] = StepKind.ABOLISH
    unit: str
    posts_to: str | None = None
    units_to: str | None = None


@dataclass(frozen=True, slots=True)
class AddPost:
    """One post more (정원 신설)."""

    kind: ClassVar[StepKind] = StepKind.ADD_POST
    post: NewPost


@dataclass(frozen=True, slots=True)
class MovePost:
    """A post goes to another unit (정원 이동)."""

    kind: ClassVar[StepKind] = StepKind.MOVE_POST
    post: str
    unit: str


@dataclass(frozen=True, slots=True)
class ClosePost:
    """A post ends (정원 폐지); who holds it is left without one."""

    kind: ClassVar[StepKind] = StepKind.CLOSE_POST
    post: str


Step = (
    CreateUnit
    | RenameUnit
    | MoveUnit
    | MergeUnits
    | SplitUnit
    | AbolishUnit
    | AddPost
    | MovePost
    | ClosePost
)

STEPS: dict[str, type[Step]] = {step.kind: step for step in get_args(Step)}


@dataclass(frozen=True, slots=True)
class ReorganisationPlan:
    """A reorganisation as it is proposed: what happens on the day, in order.

    `makes_hand_overs` is off for what is entered as history.
    """

    title: str
    on: date
    steps: tuple[Step, ...]
    reason: str = ""
    accepts_past: bool = False
    makes_hand_overs: bool = True


def to_json(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Steps as they are stored and carried by a form."""
    return [{"step": str(step.kind), **asdict(step)} for step in steps]


def from_json(data: Any) -> tuple[Step, ...]:
    """The steps again; raises Invalid where a step cannot be read."""
    if not isinstance(data, list):
        raise Invalid({"steps": "조직개편 내용을 읽을 수 없습니다. 화면을 새로 열어 주세요."})
    steps: list[Step] = []
    problems: dict[str, str] = {}
    for place, given in enumerate(data, start=1):
        try:
            steps.append(_step(given))
        except (KeyError, TypeError, ValueError):
            problems[f"steps.{place}"] = f"{place}번째 내용을 읽을 수 없습니다. 다시 넣어 주세요."
    if problems:
        raise Invalid(problems)
    return tuple(steps)


def _step(given: Any) -> Step:
    values = dict(given)
    kind = STEPS[values.pop("step")]
    step: Step = _read(kind, values)
    return step


def _read(kind: Any, given: Any) -> Any:
    """What was written, as the type that the step declares; raises where it is another."""
    if is_dataclass(kind):
        return _fields(kind, given)
    if get_origin(kind) is tuple:
        if not isinstance(given, list | tuple):
            raise TypeError(given)
        return tuple(_read(get_args(kind)[0], each) for each in given)
    if NoneType in get_args(kind):
        return None if given is None else _read(get_args(kind)[0], given)
    if issubclass(kind, Enum):
        return kind(given)
    if type(given) is not kind:
        raise TypeError(given)
    if kind is str and not _can_be_kept(given):
        raise ValueError(given)
    return given


def _can_be_kept(text: str) -> bool:
    """Whether the text has only letters that a database and a page take."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _fields(kind: Any, given: Mapping[str, Any]) -> Any:
    types = get_type_hints(kind)
    return kind(**{name: _read(types[name], value) for name, value in dict(given).items()})
