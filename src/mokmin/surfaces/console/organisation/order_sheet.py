"""Orders (인사발령) as Excel files: the template, and what the rows of a filled one mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO

from mokmin.documents.readers import spreadsheet, tables
from mokmin.documents.readers.columns import Sought
from mokmin.documents.readers.tables import SheetRow
from mokmin.documents.writers import xlsx
from mokmin.foundation.orgs.queries import OrganisationChart, PostRow
from mokmin.foundation.orgs.rules import PlanProblem
from mokmin.foundation.orgs.sheets import EntryResult, OrderEntry
from mokmin.foundation.orgs.states import OrderVerb
from mokmin.lib.errors import Invalid

FORM = "orders:1"
VERBS = {verb.label: verb for verb in OrderVerb}
UNITS, POSTS = "부서 목록", "자리 목록"
MOST = 2_000
"""Rows of one order: more than any municipality moves in a day."""

COLUMNS = (
    Sought("person", "성명", synonyms=("이름", "대상자"), needed=True),
    Sought("email", "전자우편", synonyms=("이메일", "메일")),
    Sought("verb", "구분", synonyms=("발령 구분", "발령 종류"), needed=True, choices=tuple(VERBS)),
    Sought("unit", "새 부서", synonyms=("부서", "발령 부서")),
    Sought("post", "새 직위", synonyms=("직위", "발령 직위")),
    Sought("number", "자리 번호"),
    Sought("note", "비고"),
)
TITLES = {column.key: column.title for column in COLUMNS}
HOW = (
    "한 줄에 한 사람씩 적습니다. 회색 예시 줄은 읽지 않으니 그대로 두거나 지워도 됩니다.",
    "‘성명’과 ‘구분’은 꼭 적습니다. 구분은 목록에서 고릅니다.",
    "이름이 같은 사람이 여럿이면 ‘전자우편’도 적습니다. 전자우편을 모르면 ‘성명’에 이름 대신 사람 "
    "번호를 적습니다. 사람 번호는 올린 뒤 틀린 곳을 알려 드릴 때 함께 보입니다.",
    "새 자리는 ‘새 부서’와 ‘새 직위’로 적습니다. 부서 이름이 여럿이면 상위 부서까지 적습니다. "
    "예: 기획예산과 기획팀",
    "한 부서에 같은 직위의 빈 자리가 여럿이면 ‘자리 목록’ 시트에서 ‘자리 번호’를 찾아 적습니다. "
    "자리 번호를 적으면 부서와 직위는 비워도 됩니다.",
    "휴직, 파견, 전출, 퇴직에는 새 자리를 적지 않습니다.",
    "올리면 먼저 모든 줄을 살펴 틀린 곳을 한꺼번에 알려 드립니다. 틀린 곳이 하나라도 있으면 "
    "한 사람도 발령하지 않습니다.",
)


def template(chart: OrganisationChart) -> bytes:
    """The file to fill in, with the units and posts of a day to look up; it names nobody."""
    units = list(chart.walk())
    paths = [(unit.path, unit.name) for unit in units]
    posts = [
        (post.uid, unit.path, post.title, post.grade, _state(post), _in_a_line(post.duties))
        for unit in units
        for post in unit.posts
    ]
    stream = BytesIO()
    xlsx.write_template(
        stream,
        xlsx.Template(
            form=FORM,
            title="인사발령",
            fields=(
                xlsx.Field("person", "성명", needed=True, example="홍길동", width=12),
                xlsx.Field(
                    "email", "전자우편", note="이름이 같은 사람이 있을 때만 적습니다.", width=24
                ),
                xlsx.Field(
                    "verb", "구분", needed=True, choices=tuple(VERBS), example="전보", width=14
                ),
                xlsx.Field(
                    "unit",
                    "새 부서",
                    choices_from=UNITS,
                    example=paths[-1][0] if paths else "기획과 기획팀",
                    width=30,
                ),
                xlsx.Field("post", "새 직위", example="주무관", width=16),
                xlsx.Field(
                    "number", "자리 번호", note="‘자리 목록’ 시트에서 찾아 적습니다.", width=14
                ),
                xlsx.Field("note", "비고", width=30),
            ),
            how=HOW,
            references=(
                xlsx.Reference(UNITS, ("부서(상위 부서까지)", "부서 이름"), paths),
                xlsx.Reference(
                    POSTS, ("자리 번호", "부서", "직위", "직급", "상태", "담당 업무"), posts
                ),
            ),
        ),
    )
    return stream.getvalue()


def _state(post: PostRow) -> str:
    return "결원" if post.is_vacant else "현원 있음"


def _in_a_line(duties: str) -> str:
    return duties.replace("\n", ", ")


@dataclass
class FilledRow:
    """One row of a filled file: what stands in it, what it does, what is wrong with it."""

    number: int
    values: Mapping[str, str]
    problems: list[str] = field(default_factory=list)
    result: EntryResult | None = None


@dataclass
class FilledSheet:
    """A filled file: rows as they stand, and those of them that can be judged as entries."""

    rows: list[FilledRow]
    entries: tuple[OrderEntry, ...]
    judged: tuple[FilledRow, ...]
    """The row of each entry, in the same order."""

    told: tuple[str, ...] = ()

    @property
    def wrong(self) -> list[FilledRow]:
        """Rows that have to be mended."""
        return [row for row in self.rows if row.problems]

    def tell(self, problems: Sequence[PlanProblem], results: Sequence[EntryResult]) -> None:
        """Put what was found out beside the rows that it is about."""
        for problem in problems:
            if problem.place:
                title = TITLES.get(problem.field, "")
                said = f"{title}: {problem.sentence}" if title else problem.sentence
                self.judged[problem.place - 1].problems.append(said)
        for result in results:
            self.judged[result.row - 1].result = result


def read(file: IO[bytes], *, name: str) -> FilledSheet:
    """What a filled file says; raises Invalid at `file` for one that is none."""
    book = spreadsheet.read(file, name=name)
    found = tables.find(book, COLUMNS, form=FORM)
    if not found.rows:
        raise Invalid({"file": "적힌 줄이 없습니다. 발령할 사람을 적은 뒤 다시 올려 주세요."})
    if len(found.rows) > MOST:
        raise Invalid({"file": f"한 번에 {MOST:,}줄까지 올릴 수 있습니다. 나누어 올려 주세요."})
    rows = [_row(each) for each in found.rows]
    judged = [row for row in rows if not row.problems]
    return FilledSheet(
        rows,
        tuple(_entry(row.values) for row in judged),
        tuple(judged),
        (*book.told, *tables.told(found)),
    )


def _row(row: SheetRow) -> FilledRow:
    said = {**row.values, **row.refused}
    values = {key: str(value or "").strip() for key, value in said.items()}
    return FilledRow(row.number, values, list(row.problems.values()))


def _entry(values: Mapping[str, str]) -> OrderEntry:
    """A number of a post says more than unit and title, an address more than a name."""
    email, number = values["email"], values["number"]
    return OrderEntry(
        email or values["person"],
        VERBS[values["verb"]],
        post=number or values["post"],
        unit="" if number else values["unit"],
        note=values["note"],
        name=values["person"] if email else "",
        unit_name=values["unit"] if number else "",
        title=values["post"] if number else "",
    )
