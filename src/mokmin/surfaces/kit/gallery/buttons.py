"""Buttons, messages, and what else speaks to the reader."""

from mokmin.surfaces.kit.gallery.example import LONG, Example, Part, Section, State

BUTTON = Part(
    "button",
    "단추",
    "한 화면에 으뜸 단추는 하나입니다. 누를 수 없으면 까닭을 곁에 적습니다.",
    (
        Example(
            State.FILLED,
            '<div class="mk-actions"><c-button kind="primary">저장</c-button>'
            '<c-button icon="pencil">수정</c-button><c-button kind="danger">삭제</c-button>'
            '<c-button kind="text">더 보기</c-button></div>',
        ),
        Example(
            State.FILLED,
            '<div class="mk-actions"><c-button href="#part-button" icon="download">엑셀 '
            "내려받기</c-button>"
            '<c-button href="#part-button" size="small" :confirm="True">말소</c-button></div>',
            note="주소로 가는 단추",
        ),
        Example(
            State.DISABLED,
            '<div class="mk-actions"><c-button why="진도율이 100%가 아닙니다(현재 60%).">완료'
            "</c-button></div>",
        ),
        Example(
            State.LONG,
            '<div class="mk-actions"><c-button why="{{ long }}">{{ long }}</c-button></div>',
            {"long": LONG},
        ),
    ),
)
STATUS = Part(
    "status",
    "상태",
    "색과 모양과 낱말로 함께 알립니다. 색만으로는 아무것도 알리지 않습니다.",
    (
        Example(
            State.FILLED,
            '<div class="mk-actions"><c-status tone="done" word="완료" />'
            '<c-status tone="info" word="이행 후 계속추진" /><c-status tone="ok" word="정상" />'
            '<c-status tone="warn" word="주의" /><c-status tone="late" word="지연" />'
            '<c-status tone="idle" word="미착수" /></div>',
        ),
        Example(State.LONG, '<c-status tone="late" word="{{ long }}" />', {"long": LONG}),
    ),
)
PROGRESS = Part(
    "progress",
    "진도",
    "막대와 숫자를 함께 보입니다. 계획한 진도는 세로 눈금으로 표시합니다.",
    (
        Example(State.FILLED, '<c-progress label="백업 확인" :percent="60" tone="ok" />'),
        Example(
            State.FILLED,
            '<c-progress label="예산 집행" :percent="100" :planned="80" tone="done" />',
            note="계획 80%",
        ),
        Example(
            State.FILLED, '<c-progress label="넘친 진도" :percent="112.5" />', note="100% 초과"
        ),
        Example(State.EMPTY, '<c-progress label="아직 재지 않은 진도" />'),
        Example(
            State.LONG, '<c-progress label="{{ long }}" :percent="3" tone="late" />', {"long": LONG}
        ),
    ),
)
ALERT = Part(
    "alert",
    "알림 상자",
    "화면 안에 머무는 알림입니다. 무엇이 어떻게 되었고 무엇을 하면 되는지 적습니다.",
    (
        Example(
            State.FILLED,
            '<c-alert tone="info">2026년 7월 1일 기준으로 보고 계십니다.</c-alert>',
        ),
        Example(State.FILLED, '<c-alert tone="ok" title="저장했습니다." />', note="제목만"),
        Example(
            State.FILLED,
            '<c-alert tone="warn" title="곧 마감합니다">오늘 18시까지 제출해 주세요.</c-alert>',
        ),
        Example(
            State.ERROR,
            '<c-alert tone="late" title="저장하지 못했습니다">'
            "<ul><li>제목을 적어 주세요.</li><li>날짜를 적어 주세요.</li></ul></c-alert>",
        ),
        Example(
            State.LONG,
            '<c-alert tone="info" title="{{ long }}">{{ long }}</c-alert>',
            {"long": LONG},
        ),
    ),
)
PROBLEM = Part(
    "problem",
    "할 수 없는 까닭",
    "화면 전체를 대신하는 알림입니다. 까닭과 다음에 할 일을 알립니다.",
    (
        Example(
            State.FILLED,
            '<c-problem title="아직 마감할 수 없습니다" tone="warn">제출하지 않은 부서가 3곳 '
            "있습니다."
            '<c-slot name="actions"><c-button href="#part-problem">제출 현황 '
            "보기</c-button></c-slot>"
            "</c-problem>",
            is_wide=True,
        ),
        Example(
            State.LONG,
            '<c-problem title="{{ long }}">{{ long }}</c-problem>',
            {"long": LONG},
            is_wide=True,
        ),
    ),
)
EMPTY = Part(
    "empty",
    "비어 있음",
    "빈 자리는 비었다고 말하고, 할 수 있으면 다음 할 일을 내놓습니다.",
    (
        Example(
            State.EMPTY,
            '<c-empty title="아직 발령이 없습니다." icon="inbox">첫 발령을 등록하면 여기에 '
            "보입니다."
            '<c-slot name="actions"><c-button icon="plus" href="#part-empty">발령 '
            "등록</c-button></c-slot>"
            "</c-empty>",
        ),
        Example(State.LONG, '<c-empty title="{{ long }}">{{ long }}</c-empty>', {"long": LONG}),
    ),
)
CONFIRM = Part(
    "confirm",
    "다시 묻기",
    "되돌리기 어려운 일은 한 번 더 묻습니다. 스크립트가 없으면 이 상자가 한 화면이 됩니다.",
    (
        Example(
            State.FILLED,
            '<c-confirm title="계정을 닫을까요?" submit="계정 닫기" kind="danger" '
            'cancel="#part-confirm" '
            'id="ask-close">닫은 계정으로는 로그인할 수 없습니다.</c-confirm>',
        ),
        Example(
            State.LONG,
            '<c-confirm title="{{ long }}" submit="예" cancel="#part-confirm" '
            'id="ask-long">{{ long }}</c-confirm>',
            {"long": LONG},
        ),
    ),
)
HELP_TIP = Part(
    "help_tip",
    "도움말",
    "물음표를 누르면 열리고, Esc나 바깥을 누르면 닫힙니다.",
    (
        Example(
            State.FILLED,
            '<p>보관 기간 <c-help-tip label="보관 기간">개인정보 접속기록은 2년 넘게 보관합니다.'
            "</c-help-tip></p>",
        ),
        Example(
            State.LONG,
            '<p>긴 설명 <c-help-tip label="긴 설명">{{ long }}</c-help-tip></p>',
            {"long": LONG},
        ),
    ),
)
SPINNER = Part(
    "spinner",
    "기다림",
    "요청이 0.3초 넘게 걸릴 때만 위쪽 띠에 보입니다.",
    (
        Example(
            State.FILLED,
            '<div class="htmx-request"><c-spinner label="목록을 불러오는 중입니다." /></div>',
        ),
    ),
)
PRINT_BUTTON = Part(
    "print_button",
    "인쇄 단추",
    "개인정보가 있는 화면은 인쇄했다는 기록을 먼저 남긴 뒤에 인쇄합니다.",
    (Example(State.FILLED, '<c-print-button label="카드 인쇄" />'),),
)
TOTP_SETUP = Part(
    "totp_setup",
    "2단계 인증 등록",
    "인증 앱으로 찍는 그림과, 찍을 수 없을 때 적는 설정 키입니다.",
    (
        Example(
            State.FILLED,
            '<c-totp-setup src="{{ picture }}" secret="JBSWY3DPEHPK3PXP" />',
            {
                "picture": "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
                "viewBox='0 0 8 8'%3E%3Cpath d='M0 0h3v3H0zM5 0h3v3H5zM0 5h3v3H0zM4 "
                "4h1v1H4z'/%3E%3C/svg%3E"
            },
            is_wide=True,
        ),
    ),
)
RECOVERY_CODES = Part(
    "recovery_codes",
    "복구 코드",
    "휴대전화를 잃었을 때 쓰는 일회용 코드입니다. 한 번만 보입니다.",
    (
        Example(
            State.FILLED,
            '<c-recovery-codes :codes="codes" />',
            {"codes": ("4f7a-91c2", "b03d-77e5", "19ac-5d40", "e6f1-2b98")},
            is_wide=True,
        ),
    ),
)

SECTION = Section(
    "buttons",
    "단추와 알림",
    "누르는 것, 알리는 것, 묻는 것",
    (
        BUTTON,
        STATUS,
        PROGRESS,
        ALERT,
        PROBLEM,
        EMPTY,
        CONFIRM,
        HELP_TIP,
        SPINNER,
        PRINT_BUTTON,
        TOTP_SETUP,
        RECOVERY_CODES,
    ),
)
