"""What shows figures: cards, key figures, summaries, tables."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.safestring import SafeString

from mokmin.surfaces.kit import pager, rows
from mokmin.surfaces.kit.charts import progress
from mokmin.surfaces.kit.gallery.example import LONG, Example, Part, State
from mokmin.surfaces.kit.rows import Column, link, text, tr
from mokmin.surfaces.kit.tones import status

LONG_WORD = LONG.replace(" ", "")

KPI = Part(
    "kpi",
    "주요 수치",
    "한 수치와 단위, 견줄 것 하나. 누르면 그 수치가 나온 목록으로 갑니다.",
    (
        Example(
            State.FILLED,
            '<c-grid kind="kpi"><c-kpi label="지연·주의 과제" value="8" unit="건" tone="late" '
            'note="전체 33건 중 지연 2 · 주의 6" href="#part-kpi" />'
            '<c-kpi label="공약사업" value="57" unit="건" note="6개 분야 · 8,767억 5,700만 원" />'
            '<c-kpi label="의존재원 확보 목표" value="2,286" unit="억 원" note="전년 대비 +6.0%" />'
            '<c-kpi label="합동평가 지표" value="116" unit="개" note="정량 88 · 정성 28" '
            "/></c-grid>",
            is_wide=True,
        ),
        Example(State.EMPTY, '<c-kpi label="실패한 작업" value="0" unit="건" />'),
        Example(
            State.LONG,
            '<c-kpi label="{{ long }}" value="876,757,000,000" unit="원" note="{{ long }}" />',
            {"long": LONG},
        ),
    ),
)
CARD = Part(
    "card",
    "카드",
    "한 덩어리의 내용에 제목을 붙입니다. 오른쪽 위에는 그 내용에 딸린 일만 둡니다.",
    (
        Example(
            State.FILLED,
            '<c-card title="변경 이력" note="최근 7일"><c-slot name="actions"><a '
            'href="#part-card">모두'
            "</a></c-slot><p>최근 7일 동안 여섯 번 바뀌었습니다.</p></c-card>",
        ),
        Example(
            State.EMPTY, '<c-card title="할 일"><c-empty title="할 일이 없습니다." /></c-card>'
        ),
        Example(
            State.LONG,
            '<c-card title="{{ long }}" note="{{ word }}"><p>{{ word }}</p></c-card>',
            {"long": LONG, "word": LONG_WORD},
        ),
    ),
)
GRID = Part(
    "grid",
    "배치",
    "너비에 맞추어 칸 수가 바뀝니다. side는 넓은 내용 옆에 340px 정보를 둡니다.",
    (
        Example(
            State.FILLED,
            '<c-grid kind="side"><c-card title="본문"><p>넓은 칸</p></c-card>'
            '<c-card title="옆 정보"><p>좁은 칸</p></c-card></c-grid>',
            is_wide=True,
        ),
    ),
)
DL_META = Part(
    "dl_meta",
    "요약",
    "이름과 값의 짝입니다. 나란히 놓거나(기본) 줄로 놓습니다(rows).",
    (
        Example(
            State.FILLED,
            '<c-dl-meta :items="pairs" />',
            {
                "pairs": (
                    ("담당부서", "기획예산과 예산팀"),
                    ("사업기간", "2022. 7.~2026. 6."),
                    ("목표", "당초예산 1조 원"),
                    ("재원", "국비·도비·자체"),
                )
            },
            is_wide=True,
        ),
        Example(
            State.FILLED,
            '<c-dl-meta kind="rows"><c-meta-item label="팀장">이도현</c-meta-item>'
            '<c-meta-item label="전화">없음</c-meta-item></c-dl-meta>',
            note="줄로",
        ),
        Example(
            State.LONG,
            '<c-dl-meta kind="rows" :items="pairs" />',
            {"pairs": ((LONG[:40], LONG), ("짧은 이름", LONG_WORD))},
        ),
    ),
)

COLUMNS = (
    Column("과제명", names_row=True),
    Column("상태", "status"),
    Column("완료 예정", "date"),
    Column("사업비", "number"),
    Column("진도"),
    Column("사유와 조치계획"),
)


@dataclass(frozen=True, slots=True)
class SampleTask:
    """A line of the table."""

    name: str
    note: str
    tone: str
    word: str
    due_on: date | None
    cost: int
    done: int
    why: str = ""


TASKS = (
    SampleTask(
        "디지털자산 소재관리 구축",
        "신규 · 홍보팀",
        "late",
        "지연",
        date(2026, 2, 28),
        1_230,
        60,
        "입찰 공고 사전절차가 늦어졌습니다.",
    ),
    SampleTask(
        "반부패 청렴 종합대책",
        "역점 · 감사팀",
        "warn",
        "주의",
        date(2026, 3, 31),
        0,
        70,
        "측정 결과를 분석하고 있습니다.",
    ),
    SampleTask(
        "당초예산 1조 원 시대", "현안 · 예산팀", "ok", "정상", date(2026, 6, 30), 1_000_000_000, 24
    ),
)
LONG_TASK = SampleTask(LONG, LONG_WORD, "late", LONG[:20], None, 876_757_000_000, 100, LONG)


def _row(task: SampleTask) -> SafeString:
    cells = (
        link(task.name, "#part-table", note=task.note),
        status(task.tone, task.word),
        rows.day(task.due_on),
        rows.number(task.cost, "천 원"),
        progress(f"{task.name} 진도", task.done, task.tone),
        text(task.why),
    )
    return tr(COLUMNS, cells)


TABLE = Part(
    "table",
    "표",
    "제목과 머리글이 있는 표입니다. 휴대전화에서는 줄마다 작은 카드가 되고, 넓으면 안에서 밀어 "
    "봅니다.",
    (
        Example(
            State.FILLED,
            '<c-table id="tasks" caption="조치가 필요한 과제" :columns="columns" :rows="rows" '
            'summary="과제 3건" />',
            {"columns": COLUMNS, "rows": tuple(map(_row, TASKS))},
            is_wide=True,
        ),
        Example(
            State.EMPTY,
            '<c-table caption="빈 표" :columns="columns" empty="조건에 맞는 과제가 없습니다." />',
            {"columns": COLUMNS},
        ),
        Example(
            State.LONG,
            '<c-table caption="글이 긴 표" :columns="columns" :rows="rows" />',
            {"columns": COLUMNS, "rows": (_row(LONG_TASK),)},
            is_wide=True,
        ),
    ),
)
PAGER = Part(
    "pager",
    "쪽 이동",
    "갈 수 있는 쪽으로만 갑니다. 갈 곳이 없으면 보이지 않습니다.",
    (
        Example(
            State.FILLED,
            '<c-pager :pager="pager" label="견본 쪽 이동" />',
            {"pager": pager.pager(QueryDict("after=b"), next_key="c")},
        ),
        Example(
            State.FILLED,
            '<c-pager :pager="pager" label="첫 쪽의 쪽 이동" />',
            {"pager": pager.pager(QueryDict(""), next_key="c")},
            note="첫 쪽",
        ),
    ),
)
