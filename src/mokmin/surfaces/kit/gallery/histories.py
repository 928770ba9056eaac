"""What shows what happened, what waits and what is attached."""

from datetime import UTC, date, datetime

from mokmin.surfaces.kit.gallery.example import LONG, Example, Part, State
from mokmin.surfaces.kit.rows import Attachment, Difference, Event, Judgement, Todo

LONG_WORD = LONG.replace(" ", "")
EVENTS = (
    Event(
        datetime(2026, 7, 1, 0, 0, tzinfo=UTC),
        "성과관리팀장 발령",
        "이도현",
        "조직개편",
        tone="done",
    ),
    Event(datetime(2026, 1, 5, 5, 0, tzinfo=UTC), "예산팀 전입", "김하늘", tone="ok"),
    Event(datetime(2027, 1, 1, 0, 0, tzinfo=UTC), "직무대리 종료 예정", tone="idle", is_past=False),
)
TIMELINE = Part(
    "timeline",
    "연표",
    "있었던 일은 채운 점, 앞으로의 일은 빈 점입니다.",
    (
        Example(State.FILLED, '<c-timeline :events="events" />', {"events": EVENTS}),
        Example(State.EMPTY, '<c-timeline empty="아직 발령이 없습니다." />'),
        Example(
            State.LONG,
            '<c-timeline :events="events" />',
            {
                "events": (
                    Event(EVENTS[0].at, LONG, LONG[:30], LONG_WORD, "#part-timeline", "late"),
                )
            },
        ),
    ),
)
HISTORY = Part(
    "history",
    "점검 이력",
    "누가 언제 어떻게 판정했는지 한 줄씩 남습니다.",
    (
        Example(
            State.FILLED,
            '<c-history caption="견본 사업의 점검 이력" :entries="entries" />',
            {
                "entries": (
                    Judgement(
                        date(2026, 3, 31),
                        "1분기 점검",
                        "확보 활동을 하고 있습니다.",
                        "성과관리팀",
                        "warn",
                        "주의",
                    ),
                    Judgement(
                        date(2025, 9, 8),
                        "계획 확정",
                        "1차년도 세부계획을 세웠습니다.",
                        "예산팀",
                        "ok",
                        "정상",
                    ),
                    Judgement(date(2025, 7, 1), "등록", "현안사업으로 등록했습니다."),
                )
            },
            is_wide=True,
        ),
        Example(
            State.EMPTY, '<c-history caption="빈 점검 이력" empty="아직 점검하지 않았습니다." />'
        ),
        Example(
            State.LONG,
            '<c-history caption="글이 긴 점검 이력" :entries="entries" />',
            {
                "entries": (
                    Judgement(date(2026, 3, 31), LONG[:40], LONG_WORD, LONG[:30], "late", "지연"),
                )
            },
            is_wide=True,
        ),
    ),
)
DIFF = Part(
    "diff",
    "바뀐 내용",
    "바뀌기 전과 뒤를 나란히 보입니다.",
    (
        Example(
            State.FILLED,
            '<c-diff caption="바뀐 내용 견본" :changes="changes" />',
            {
                "changes": (
                    Difference("담당부서", "홍보팀", "성과관리팀"),
                    Difference("전화", "", "055-000-0000"),
                )
            },
        ),
        Example(
            State.LONG,
            '<c-diff caption="글이 긴 바뀐 내용" :changes="changes" />',
            {"changes": (Difference(LONG[:40], LONG, LONG_WORD),)},
        ),
    ),
)
TODO_LIST = Part(
    "todo_list",
    "할 일",
    "언제까지 무엇을 해야 하는지, 어디까지 되었는지 보입니다.",
    (
        Example(
            State.FILLED,
            '<c-todo-list :todos="todos" />',
            {
                "todos": (
                    Todo(
                        "1분기 공약 추진상황 점검 입력",
                        "3. 31.",
                        "57건 중 49건 입력",
                        "#part-todo_list",
                        "warn",
                        "D-0",
                    ),
                    Todo(
                        "합동평가 정량지표 실적 확인",
                        "4. 5.",
                        "88개 중 88개 확인",
                        "#part-todo_list",
                        "done",
                        "완료",
                    ),
                    Todo("지시사항 반기 점검 준비", "4. 14.", "미완결 22건", "", "idle", "예정"),
                )
            },
        ),
        Example(State.EMPTY, '<c-todo-list empty="할 일이 없습니다." />'),
        Example(
            State.LONG,
            '<c-todo-list :todos="todos" />',
            {"todos": (Todo(LONG, "12. 31.", LONG_WORD, "#part-todo_list", "late", "31일 지남"),)},
        ),
    ),
)
ATTACHMENT_LIST = Part(
    "attachment_list",
    "첨부",
    "파일 종류와 이름, 등록한 날과 크기를 보입니다. 열 수 없으면 까닭을 적습니다.",
    (
        Example(
            State.FILLED,
            '<c-attachment-list :files="files" />',
            {
                "files": (
                    Attachment(
                        "1차년도 세부실천계획",
                        "HWPX",
                        "#part-attachment_list",
                        "2025. 9. 8. · 1.2MB",
                    ),
                    Attachment(
                        "연도별 목표액 산출 내역",
                        "XLSX",
                        "#part-attachment_list",
                        "2025. 9. 8. · 48KB",
                    ),
                )
            },
        ),
        Example(State.EMPTY, "<c-attachment-list />"),
        Example(
            State.DISABLED,
            '<c-attachment-list :files="files" />',
            {
                "files": (
                    Attachment(
                        "감사 처분요구서",
                        "PDF",
                        note="2025. 12. 7.",
                        why_not="감사 담당자만 열 수 있습니다.",
                    ),
                )
            },
        ),
        Example(
            State.LONG,
            '<c-attachment-list :files="files" />',
            {"files": (Attachment(LONG_WORD, "HWPX", "#part-attachment_list", LONG),)},
        ),
    ),
)
