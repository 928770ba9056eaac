"""Every chart: filled, empty, with one value, with nothing but zeros, long, and many."""

from datetime import date
from itertools import cycle, islice

from mokmin.surfaces.kit.charts import (
    Bar,
    Chart,
    Columns,
    Donut,
    Gantt,
    Heat,
    Line,
    Series,
    Slice,
    Stacked,
)
from mokmin.surfaces.kit.gallery.example import LONG, Example, Part, Section, State

TODAY = date(2026, 9, 30)
TEAMS = ("기획·협력행정", "홍보", "성과관리", "재정운용", "감사·청렴", "법무·조직혁신")
MONTHS = tuple(f"{month}월" for month in range(1, 13))
YEARS = tuple(f"{year}년" for year in range(2022, 2027))
MANY = tuple(f"{number}번째 팀" for number in range(1, 51))


def _counts(labels: tuple[str, ...], *numbers: tuple[int, ...]) -> tuple[Series, ...]:
    states = (
        ("완료", "done"),
        ("정상", "ok"),
        ("주의", "warn"),
        ("지연", "late"),
        ("미착수", "idle"),
    )
    return tuple(
        Series(name, tuple(islice(cycle(values), len(labels))), tone)
        for (name, tone), values in zip(states, numbers, strict=True)
    )


STACKED = Stacked(
    "담당별 과제 추진상태",
    TEAMS,
    _counts(
        TEAMS,
        (1, 0, 1, 0, 0, 0),
        (4, 4, 3, 4, 3, 3),
        (1, 1, 2, 1, 0, 1),
        (0, 1, 0, 0, 1, 0),
        (0, 1, 0, 0, 0, 1),
    ),
)
SOURCES = Stacked(
    "분야별 재원",
    ("교육·청년", "농업·농촌", "보건복지"),
    (
        Series("국비", (320, 150, 90), "deep"),
        Series("도비", (80, 64, 51), "main"),
        Series("자체", (240, 12, 3), "soft"),
        Series("기금", (40, 25, 8), "pale"),
    ),
    unit="억 원",
)
STACKED_MANY = Stacked(
    "팀별 과제 추진상태",
    MANY,
    (
        Series("완료", tuple(islice(cycle((30, 7, 42)), len(MANY))), "done"),
        Series("지연", tuple(islice(cycle((0, 1, 0, 5)), len(MANY))), "late"),
    ),
)
STACKED_LONG = Stacked(
    "이름이 긴 과제",
    (LONG, LONG.replace(" ", "")),
    (Series(LONG[:40], (12, 3), "ok"), Series("지연", (1, 150), "late")),
    note=LONG[:120],
)
COLUMNS = Columns(
    "예산 1조 원 시대 도약",
    YEARS,
    (7019, 7700, 8500, 9300, 10000),
    "억 원",
    "짙은 막대는 올해 목표입니다.",
    strong=(1,),
)
COLUMNS_BELOW = Columns(
    "전년 대비 증감",
    YEARS,
    (515, -681, 0, None, 700),
    "억 원",
    "2025년은 아직 집계하지 않았습니다.",
)
LINE = Line(
    "당초예산 목표와 실적",
    YEARS,
    (
        Series("실적", (7019, 7725, None, None, None)),
        Series("목표", (7019, 7700, 8500, 9300, 10000), "soft", is_dashed=True),
    ),
    unit="억 원",
    from_zero=False,
)
LINE_ALONE = Line(
    "월별 민원 처리 건수",
    MONTHS,
    (Series("처리", (812, 790, 905, 1020, 998, 870, 760, 655, 930, 1104, 1090, 1240)),),
    unit="건",
)
DONUT = Donut(
    "공약 이행 상태",
    (
        Slice("완료", 10, "done"),
        Slice("이행 후 계속추진", 6, "info"),
        Slice("정상추진", 35, "ok"),
        Slice("일부추진", 5, "warn"),
        Slice("보류", 1, "idle"),
    ),
    middle="17.5%",
    middle_note="완료율",
)
GANTT = Gantt(
    "추진일정",
    (
        Bar("실시설계", date(2025, 3, 10), date(2025, 12, 20), "done", 100, "완료"),
        Bar("보상 협의", date(2025, 9, 1), date(2026, 8, 31), "late", 70, "지연"),
        Bar("착공과 토목공사", date(2026, 5, 4), date(2027, 3, 31), "ok", 35, "정상"),
        Bar("건축공사", date(2027, 2, 1), date(2028, 1, 31), "idle", 0, "미착수"),
        Bar("시설 운영", date(2028, 2, 1), None, "idle"),
    ),
    TODAY,
)
HEAT = Heat(
    "월별 추진업무",
    TEAMS,
    MONTHS,
    (
        (1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 3),
        (2, 3, 2, 3, 3, 2, 2, 2, 3, 3, 2, 2),
        (3, 4, 3, 2, 1, 2, 2, 1, 1, 1, 1, 2),
        (2, 2, 1, 1, 1, 1, 2, 2, 1, 1, 2, 2),
        (2, 2, 1, 1, 1, 2, 1, 2, 2, 1, 1, 2),
        (0, 0, 1, 1, 1, 1, None, 1, 1, 1, 1, 1),
    ),
    note="계획에 적힌 일정을 달마다 센 수입니다.",
)
ZEROS_STACKED = Stacked("빈 팀의 과제", ("홍보",), (Series("완료", (0,), "done"),))
SPENT = Columns("월별 지출", MONTHS, tuple(range(1_234_567, 13_234_567, 1_000_000)), "천원")
COLUMNS_LONG = Columns("이름이 긴 기둥", (LONG, "짧은 이름"), (5, -3), "건")
LINE_POINT = Line("한 점", ("2026년",), (Series("실적", (3,)),), unit="건")
LINE_LONG = Line(
    "이름이 긴 선",
    (LONG[:60], LONG[60:120]),
    (Series(LONG, (1, 2)), Series("목표", (2, 2), "soft")),
)
DONUT_LONG = Donut(
    "이름이 긴 몫",
    (Slice(LONG, 876_757_000_000, "main"), Slice("자체", 12_000, "soft")),
    unit="원",
)
GANTT_MONTH = Gantt("한 달", (Bar("설문", date(2026, 9, 3), date(2026, 9, 24)),), TODAY)
GANTT_LONG = Gantt(
    "이름이 긴 일정",
    (Bar(LONG, date(2026, 1, 1), date(2026, 12, 31), "warn", 40, "주의"),),
    TODAY,
)
HEAT_LONG = Heat("이름이 긴 농도표", (LONG, "홍보"), ("1분기", "2분기"), ((1, 20_000), (3, 4)))
NOTHING: dict[str, Chart] = {
    "stacked": Stacked("담당별 과제 추진상태", (), ()),
    "columns": Columns("예산 규모", (), ()),
    "line": Line("당초예산", (), ()),
    "donut": Donut("공약 이행 상태", ()),
    "gantt": Gantt("추진일정", (), TODAY),
    "heat": Heat("월별 추진업무", (), (), ()),
}


SOURCE = "{% load kit %}{% chart chart %}"
STYLES = ("charts",)


def _shown(chart: Chart, note: str = "", *, state: State = State.FILLED) -> Example:
    return Example(state, SOURCE, {"chart": chart}, note)


def _part(slug: str, title: str, about: str, *examples: Example) -> Part:
    return Part(slug, title, about, (*examples, _shown(NOTHING[slug], state=State.EMPTY)))


STACKS = Section(
    "stacks",
    "누적 막대",
    "서버가 그려 스크립트 없이 보이고, 그대로 인쇄되며, 모든 수를 글과 표로도 읽는 막대",
    (
        _part(
            "stacked",
            "누적 막대",
            "상태별 건수를 견줍니다. 조각마다 수를 적고, 좁으면 막대 아래에 적습니다.",
            _shown(STACKED),
            _shown(SOURCES, "상태가 아닌 계열"),
            _shown(ZEROS_STACKED, "모두 0"),
            _shown(STACKED_LONG, state=State.LONG),
            _shown(STACKED_MANY, "50줄"),
        ),
    ),
    STYLES,
)
LINES = Section(
    "lines",
    "기둥과 선",
    "수를 견주는 기둥, 흐름을 보이는 선",
    (
        _part(
            "columns",
            "기둥",
            "0에서 시작합니다. 이름이 길거나 스물네 개가 넘으면 눕습니다.",
            _shown(COLUMNS),
            _shown(COLUMNS_BELOW, "음수와 빈 값"),
            _shown(Columns("한 해의 예산", ("2026년",), (7700,), "억 원"), "값 하나"),
            _shown(Columns("없던 민원", YEARS, (0, 0, 0, 0, 0), "건"), "모두 0"),
            _shown(SPENT, "긴 수"),
            _shown(COLUMNS_LONG, state=State.LONG),
        ),
        _part(
            "line",
            "선",
            "때에 따른 흐름입니다. 빈 값은 잇지 않습니다.",
            _shown(LINE),
            _shown(LINE_ALONE, "계열 하나"),
            _shown(LINE_POINT, "값 하나"),
            _shown(LINE_LONG, state=State.LONG),
        ),
    ),
    STYLES,
)
SHARES = Section(
    "shares",
    "고리, 일정, 농도표",
    "몫을 보이는 고리, 기간을 보이는 일정, 분포를 보이는 농도표",
    (
        _part(
            "donut",
            "고리",
            "전체를 이루는 몫입니다. 다섯 조각을 넘기지 않습니다.",
            _shown(DONUT),
            _shown(
                Donut("없던 일", (Slice("완료", 0, "done"), Slice("지연", 0, "late"))), "모두 0"
            ),
            _shown(Donut("한 조각의 일", (Slice("완료", 3, "done"),)), "조각 하나"),
            _shown(DONUT_LONG, state=State.LONG),
        ),
        _part(
            "gantt",
            "일정",
            "계획한 기간은 옅게, 한 만큼은 짙게 그립니다. 세로 점선이 오늘입니다.",
            _shown(GANTT),
            _shown(GANTT_MONTH, "일정 하나"),
            _shown(GANTT_LONG, state=State.LONG),
        ),
        _part(
            "heat",
            "농도표",
            "많을수록 짙습니다. 칸마다 수를 적습니다.",
            _shown(HEAT),
            _shown(Heat("없던 일정", ("홍보",), MONTHS[:3], ((0, 0, 0),)), "모두 0"),
            _shown(HEAT_LONG, state=State.LONG),
        ),
    ),
    STYLES,
)
ALL: tuple[Chart, ...] = tuple(
    example.values["chart"]
    for section in (STACKS, LINES, SHARES)
    for part in section.parts
    for example in part.examples
)
