"""Examples of parts in their states, shown in the gallery and walked by the tests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.template import Template, engines
from django.template.backends.django import Template as Backed
from django.utils.safestring import SafeString, mark_safe
from django_cotton.compiler_regex import CottonCompiler


class State(StrEnum):
    """What a part may have to stand."""

    FILLED = "내용이 있을 때"
    EMPTY = "비었을 때"
    ERROR = "오류가 있을 때"
    DISABLED = "할 수 없을 때"
    LONG = "글이 길 때"


LONG = (
    "기후위기에 따른 이상기상과 농촌인구 감소에 함께 대응하기 위하여 관계 부서와 읍면이 "
    "협력하여 추진하는 마을단위 농업용수 확충 및 재해예방, 고령농업인 영농대행, 청년농업인 "
    "정착지원, 농산물 산지유통시설 현대화, 로컬푸드 직매장 확대, 친환경 학교급식 공급체계 "
    "구축, 농촌체험관광 활성화, 귀농귀촌인 주거지원, 스마트농업 기반조성을 한데 묶은 "
    "지속가능한 농업·농촌 종합발전계획의 연차별 세부시행계획을 수립하고 그 추진상황을 분기마다 "
    "점검하여 결과를 다음 해 예산편성과 업무계획에 되돌려 반영하는 화면 견본용 삼백글자짜리 "
    "긴 사업 이름입니다"
)
"""Three hundred characters, as a careful planner might name a project."""


@dataclass(frozen=True, slots=True)
class Example:
    """One state of a part; `source` is a template, so that the page can show how it is written.

    What Python alone makes for a request comes from `made`, under that name.
    """

    state: State
    source: str
    values: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    is_wide: bool = False
    made: Callable[[HttpRequest], str] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part with its examples; `slug` is the name of its template, or of its module."""

    slug: str
    title: str
    about: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Parts that stand on one page; `styles` are the sheets that they need besides the frame's."""

    slug: str
    title: str
    about: str
    parts: tuple[Part, ...]
    styles: tuple[str, ...] = ()


def render(example: Example, request: HttpRequest) -> SafeString:
    """The example as a page shows it."""
    template = Backed(_compiled(example.source), engines["django"])
    made = {"made": example.made(request)} if example.made else {}
    return mark_safe(
        template.render({**example.values, **made}, request)
    )  # a template has escaped it


@cache
def _compiled(source: str) -> Template:
    """Cotton compiles files only; a string needs the same step."""
    return Template(CottonCompiler().process(source), engine=engines["django"].engine)  # type: ignore[attr-defined]
