"""What comes up while somebody works: passing messages, questions, the end of a session, drafts."""

from datetime import UTC, datetime

from django.http import QueryDict

from mokmin.surfaces.kit.forms.kept import Kept
from mokmin.surfaces.kit.gallery.example import LONG, Example, Part, Section, State
from mokmin.surfaces.kit.gallery.forms import Meeting

TOAST = Part(
    "toast",
    "지나가는 알림",
    "오른쪽 아래에 나타납니다. 좋은 소식은 저절로 사라지고, 문제는 닫을 때까지 남습니다.",
    (
        Example(
            State.FILLED, '<c-toast tone="ok">로그인 시간을 연장했습니다.</c-toast>', note="완료"
        ),
        Example(
            State.ERROR,
            '<c-toast tone="late">연장하지 못했습니다. 통신 상태를 확인하고 다시 눌러 '
            "주세요.</c-toast>",
        ),
        Example(State.LONG, '<c-toast tone="warn">{{ long }}</c-toast>', {"long": LONG}),
    ),
)
DIALOG = (
    '<dialog class="mk-dialog" open aria-labelledby="{{ id }}-title">'
    '<c-confirm title="{{ title }}" submit="계정 닫기" kind="danger" cancel="#part-dialog" '
    'id="{{ id }}">{{ text }}</c-confirm></dialog>'
)
OPENED = Part(
    "dialog",
    "열린 물음",
    "다시 묻는 화면은 상자로 열립니다. Esc나 그만두기를 누르면 닫히고, 누른 자리로 돌아갑니다.",
    (
        Example(
            State.FILLED,
            DIALOG,
            {
                "id": "opened",
                "title": "계정을 닫을까요?",
                "text": "닫은 계정으로는 로그인할 수 없습니다.",
            },
        ),
        Example(State.LONG, DIALOG, {"id": "opened-long", "title": LONG, "text": LONG}),
    ),
)
SOON = Part(
    "session_soon",
    "로그인 시간이 끝나기 전",
    "끝나기 2분 전에 알리고, 한 번 눌러 이어 갑니다.",
    (
        Example(
            State.FILLED,
            '<dialog class="mk-dialog" open aria-label="끝나기 전 견본">'
            '<c-session-soon left="1분 30초" /></dialog>',
        ),
    ),
)
OVER = Part(
    "session_over",
    "로그인 시간이 끝난 뒤",
    "적던 내용은 창에 남아 있습니다. 새 창에서 다시 로그인하고 돌아와 저장합니다.",
    (
        Example(
            State.FILLED,
            '<dialog class="mk-dialog" open aria-label="끝난 뒤 견본"><c-session-over /></dialog>',
        ),
    ),
)
MARK = '<c-autosave-mark state="{{ state }}" text="{{ text }}" />'
AUTOSAVE = Part(
    "autosave_mark",
    "임시 저장",
    "적는 동안 저절로 보관합니다. 보관하지 못하면 그 자리에서 알리고 할 수 있는 일을 내놓습니다.",
    (
        Example(State.EMPTY, MARK, {"state": "idle", "text": ""}),
        Example(State.FILLED, MARK, {"state": "saved", "text": "15:04에 임시 저장했습니다."}),
        Example(
            State.ERROR,
            MARK,
            {
                "state": "failed",
                "text": "임시 저장하지 못했습니다. 적은 내용은 이 창에 그대로 있습니다.",
            },
        ),
        Example(
            State.ERROR,
            MARK,
            {"state": "conflict", "text": "다른 창에서 같은 양식을 15:04에 저장했습니다."},
            note="다른 창에서도 적을 때",
        ),
        Example(State.LONG, MARK, {"state": "failed", "text": LONG}),
    ),
)


def _found(prefix: str, told: str = "") -> Meeting:
    form = Meeting(prefix=prefix)
    form.kept = Kept(frozenset(), QueryDict(), datetime(2026, 7, 2, 6, 4, tzinfo=UTC))
    form.told = told
    return form


NOTE = '<c-draft-note :form="form" />'
DRAFT = Part(
    "draft_note",
    "적던 내용",
    "다시 열면 적던 내용이 그대로 나옵니다. 언제 적던 것인지 말하고, 지우고 새로 쓸 수 있습니다.",
    (
        Example(State.FILLED, NOTE, {"form": _found("kept")}),
        Example(State.LONG, NOTE, {"form": _found("told", LONG)}),
    ),
)

SECTION = Section(
    "moments",
    "일하는 동안",
    "지나가는 알림, 열린 물음, 로그인 시간, 임시 저장",
    (TOAST, OPENED, SOON, OVER, AUTOSAVE, DRAFT),
)
