"""Fields that help: what is picked by name, money that says what it understood, tables, files."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import ClassVar

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from mokmin.foundation.orgs.queries_finding import Option
from mokmin.lib.won import Won, WonUnit
from mokmin.surfaces.kit.forms.base import Number, StaffForm
from mokmin.surfaces.kit.forms.files import FileDropField
from mokmin.surfaces.kit.forms.grid import GridField
from mokmin.surfaces.kit.forms.money import MoneyField
from mokmin.surfaces.kit.forms.options import Kind
from mokmin.surfaces.kit.forms.pickers import PickerField
from mokmin.surfaces.kit.gallery.example import LONG, Example, Part, Section, State

OFFERED = (
    Option("sample0001", "기획예산과", "본청"),
    Option("sample0002", "문화기획팀", "문화관광과"),
    Option("sample0003", LONG, LONG),
)
"""What the examples find; the suggestions while typing are those of the municipality."""


def _found(text: str, *, on: date, limit: int) -> Sequence[Option]:  # noqa: ARG001  # as of any day
    return [each for each in OFFERED if text in each.label][:limit]


def _named(texts: Iterable[str], *, on: date) -> Mapping[str, tuple[Option, ...]]:  # noqa: ARG001  # as above
    return {text: tuple(each for each in OFFERED if each.label == text) for text in texts}


def _known(uids: Iterable[str], *, on: date) -> Mapping[str, Option]:  # noqa: ARG001  # as above
    return {each.uid: each for each in OFFERED if each.uid in {*uids}}


class Sampled(PickerField):
    """A picker that knows three units and asks no database."""

    kind = Kind("unit", "부서", "곳", _found, _named, _known)


class Picking(StaffForm):
    """One unit, and several."""

    swaps: ClassVar[bool] = False

    unit = Sampled(label="주관 부서", help_text="이름의 두 글자를 적으면 찾아 드립니다.")
    others = Sampled(label="협조 부서", many=True)


class NotPicking(StaffForm):
    """A unit that is settled."""

    swaps: ClassVar[bool] = False

    unit = Sampled(
        label="주관 부서", disabled=True, help_text="마감한 회차의 주관 부서는 바꿀 수 없습니다."
    )


class Costing(StaffForm):
    """An amount."""

    swaps: ClassVar[bool] = False

    cost = MoneyField(
        label="총사업비",
        unit=WonUnit.MILLION,
        help_text="숫자와 단위로, 또는 12억 3,000만처럼 적어 주세요.",
    )


class NotCosting(StaffForm):
    """An amount that is settled."""

    swaps: ClassVar[bool] = False

    cost = MoneyField(
        label="총사업비", disabled=True, help_text="확정한 예산은 추경에서만 고칩니다."
    )


class LongCosting(StaffForm):
    """An amount with many words."""

    swaps: ClassVar[bool] = False

    cost = MoneyField(label=LONG, help_text=LONG)


def _sheet(label: str) -> GridField:
    return GridField(
        label=label,
        limit=20,
        empty_rows=1,
        needed=("what",),
        columns={
            "what": forms.CharField(label="할 일", max_length=400),
            "way": forms.ChoiceField(label="방법", choices=(("buy", "구매"), ("lend", "대여"))),
            "count": Number(label="수량"),
        },
    )


class Filling(StaffForm):
    """A table to fill in."""

    swaps: ClassVar[bool] = False

    lines = _sheet("준비할 일")


class BlankFilling(StaffForm):
    """A table that nobody has written in."""

    swaps: ClassVar[bool] = False

    lines = _sheet("새로 적을 일")


class WrongFilling(StaffForm):
    """A table that came back."""

    swaps: ClassVar[bool] = False

    lines = _sheet("고쳐 적을 일")


class LongFilling(StaffForm):
    """A table with many words."""

    swaps: ClassVar[bool] = False

    lines = _sheet(LONG)


ACCEPTED = (".xlsx", ".pdf", ".hwpx")


class Dropping(StaffForm):
    """Files."""

    swaps: ClassVar[bool] = False

    file = FileDropField(label="붙임", accepts=ACCEPTED, limit=2_000_000, many=True, count=3)


class NotDropping(StaffForm):
    """A place where nothing may be dropped."""

    swaps: ClassVar[bool] = False

    file = FileDropField(
        label="붙임", limit=2_000_000, disabled=True, help_text="마감한 회차에는 붙일 수 없습니다."
    )


class LongDropping(StaffForm):
    """A place with many words."""

    swaps: ClassVar[bool] = False

    file = FileDropField(label=LONG, limit=2_000_000, help_text=LONG)


def _judged(form: StaffForm) -> StaffForm:
    form.is_valid()
    return form


def _asked(form: type[StaffForm], prefix: str, said: Mapping[str, str]) -> StaffForm:
    data = QueryDict(mutable=True)
    data.update({f"{prefix}-{name}": value for name, value in said.items()})
    return _judged(form(data, prefix=prefix))


def _dropped(form: type[StaffForm], prefix: str, name: str) -> StaffForm:
    files = MultiValueDict({f"{prefix}-file": [SimpleUploadedFile(name, b"#!")]})
    return _judged(form({}, files, prefix=prefix))


def _filled(form: type[StaffForm], prefix: str, **initial: object) -> StaffForm:
    return form(prefix=prefix, initial=initial)


SOURCE = '<c-form :form="form" submit="저장" id="{{ form.prefix }}" />'
ROWS = (
    {"what": "회의실 잡기", "way": "lend", "count": 1},
    {"what": "자료 인쇄", "way": "buy", "count": 30},
)
PICKER = Part(
    "picker",
    "부서·사람·자리 고르기",
    "두 글자를 적으면 찾아 주고, 이름만 적어 보내도 하나뿐이면 알아듣습니다. 여럿이면 되묻습니다.",
    (
        Example(
            State.FILLED,
            SOURCE,
            {"form": _filled(Picking, "pick", unit="sample0001", others=("sample0002",))},
        ),
        Example(State.EMPTY, SOURCE, {"form": _filled(Picking, "picknone")}),
        Example(
            State.ERROR,
            SOURCE,
            {"form": _asked(Picking, "pickwrong", {"unit": "기획", "others": "없는 부서"})},
        ),
        Example(
            State.DISABLED, SOURCE, {"form": _filled(NotPicking, "picknot", unit="sample0001")}
        ),
        Example(
            State.LONG,
            SOURCE,
            {"form": _filled(Picking, "picklong", unit="sample0003", others=("sample0003",))},
        ),
    ),
)
MONEY = Part(
    "money",
    "금액",
    "적은 금액을 원, 억·만, 백만 원으로 되읽어 줍니다. 단위를 잘못 고르면 바로 보입니다.",
    (
        Example(
            State.FILLED,
            SOURCE,
            {"form": _filled(Costing, "cost", cost=Won(1_230_000_000, WonUnit.MILLION))},
        ),
        Example(State.EMPTY, SOURCE, {"form": _filled(Costing, "costnone")}),
        Example(
            State.ERROR, SOURCE, {"form": _asked(Costing, "costwrong", {"cost": "12억 3천5백"})}
        ),
        Example(
            State.DISABLED,
            SOURCE,
            {"form": _filled(NotCosting, "costnot", cost=Won(876_757_000_000, WonUnit.MILLION))},
        ),
        Example(State.LONG, SOURCE, {"form": _asked(LongCosting, "costlong", {"cost": LONG})}),
    ),
)
SHEET = Part(
    "sheet",
    "표로 적기",
    "여러 줄을 표에 적거나 엑셀에서 그대로 붙여넣습니다. 틀린 칸은 그 칸에서 모두 알립니다.",
    (
        Example(State.FILLED, SOURCE, {"form": _filled(Filling, "rows", lines=ROWS)}, is_wide=True),
        Example(State.EMPTY, SOURCE, {"form": _filled(BlankFilling, "rowsnone")}, is_wide=True),
        Example(
            State.ERROR,
            SOURCE,
            {
                "form": _asked(
                    WrongFilling,
                    "rowswrong",
                    {
                        "lines-rows": "2",
                        "lines-0-way": "기증",
                        "lines-1-what": "자료 인쇄",
                        "lines-1-count": "서른",
                    },
                )
            },
            is_wide=True,
        ),
        Example(
            State.LONG,
            SOURCE,
            {
                "form": _filled(
                    LongFilling,
                    "rowslong",
                    lines=({"what": LONG, "way": "buy", "count": 1},),
                )
            },
            is_wide=True,
        ),
    ),
)
DROP = Part(
    "drop",
    "파일 놓기",
    "파일을 끌어다 놓거나 골라서 올립니다. 종류와 크기는 올리기 전에 알리고, 올린 뒤 다시 봅니다.",
    (
        Example(State.EMPTY, SOURCE, {"form": _filled(Dropping, "drop")}),
        Example(State.ERROR, SOURCE, {"form": _dropped(Dropping, "dropwrong", "설치.exe")}),
        Example(State.DISABLED, SOURCE, {"form": _filled(NotDropping, "dropnot")}),
        Example(State.LONG, SOURCE, {"form": _dropped(LongDropping, "droplong", f"{LONG}.exe")}),
    ),
)

PICKING = Section(
    "picking",
    "고르는 칸",
    "부서, 사람, 자리: 적는 동안 찾아 주는 것",
    (PICKER,),
)
AMOUNTS = Section(
    "amounts",
    "금액 칸",
    "적은 금액을 되읽어 주는 것",
    (MONEY,),
)
FILES = Section(
    "files",
    "파일 자리",
    "파일을 놓고 고르는 것",
    (DROP,),
)
SHEETS = Section(
    "sheets",
    "표로 적는 칸",
    "여러 줄을 한 번에 적고 붙여넣는 것",
    (SHEET,),
)
