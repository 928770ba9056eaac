"""What is filled in, and ways through a page."""

from mokmin.surfaces.kit.gallery.example import LONG, Example, Part, Section, State
from mokmin.surfaces.kit.gallery.forms import FILTER_BAR, FORM
from mokmin.surfaces.kit.rows import Chip, Tab

FIELD = Part(
    "field",
    "입력칸",
    "이름은 위, 설명은 그 아래, 오류는 칸 밑에 적습니다. 무엇이 잘못되었고 어떻게 하면 되는지 "
    "말합니다.",
    (
        Example(
            State.FILLED,
            '<c-field label="사유" for="reason" hint="이력에 그대로 남습니다." :required="True">'
            '<input id="reason" name="reason" value="조직개편" aria-describedby="reason_helptext">'
            "</c-field>",
        ),
        Example(
            State.FILLED,
            '<c-field label="시행일" for="starts"><input id="starts" name="starts" type="date" '
            'value="2026-07-01"></c-field>',
            note="날짜",
        ),
        Example(
            State.FILLED,
            '<c-field label="부서" for="unit"><select id="unit" '
            'name="unit"><option>기획예산과</option>'
            "<option>행정과</option></select></c-field>",
            note="고르기",
        ),
        Example(
            State.EMPTY,
            '<c-field label="내용" for="text"><textarea id="text" '
            'name="text"></textarea></c-field>',
        ),
        Example(
            State.ERROR,
            '<c-field label="총사업비" for="cost" hint="백만 원 단위" error="숫자로 적어 주세요. '
            '예: 1,234"><input id="cost" name="cost" value="많이" aria-invalid="true" '
            'aria-describedby="cost_helptext cost_error"></c-field>',
        ),
        Example(
            State.DISABLED,
            '<c-field label="번호" for="number" hint="저장하면 저절로 매깁니다."><input '
            'id="number" '
            'name="number" disabled aria-describedby="number_helptext"></c-field>',
        ),
        Example(
            State.LONG,
            '<c-field label="{{ long }}" for="wordy" hint="{{ long }}" error="{{ long }}">'
            '<input id="wordy" name="wordy" value="{{ long }}" aria-invalid="true" '
            'aria-describedby="wordy_helptext wordy_error"></c-field>',
            {"long": LONG},
        ),
    ),
)
SEARCH = Part(
    "search",
    "찾기",
    "낱말 하나로 찾습니다. 띄어쓰기와 가운뎃점은 가리지 않습니다.",
    (
        Example(
            State.FILLED,
            '<c-search action="" label="견본에서 찾기" value="기획예산" id="sample-search" />',
        ),
        Example(
            State.EMPTY,
            '<c-search action="" label="빈 찾기" placeholder="직원, 부서, 업무" '
            'id="empty-search" />',
        ),
    ),
)
CHIPS = (
    Chip("전체", "#part-chip_filter", "57", is_current=True),
    Chip("지연", "?견본=late#part-chip_filter", "2"),
    Chip("주의", "?견본=warn#part-chip_filter", "6"),
)
CHIP_FILTER = Part(
    "chip_filter",
    "빠른 조건",
    "자주 쓰는 조건을 한 번에 고릅니다. 고른 것은 색과 굵기와 낭독으로 함께 알립니다.",
    (
        Example(
            State.FILLED, '<c-chip-filter label="이행 상태" :chips="chips" />', {"chips": CHIPS}
        ),
        Example(
            State.LONG,
            '<c-chip-filter label="긴 조건" :chips="chips" />',
            {
                "chips": (
                    Chip(LONG, "?견본=long#part-chip_filter", "1,234"),
                    Chip("짧은 조건", "?견본=short#part-chip_filter"),
                )
            },
        ),
    ),
)
TABS = (
    Tab("직원", "#part-tabs_anchor", "23", is_current=True),
    Tab("사무분장", "#part-tabs_anchor"),
    Tab("연혁", "#part-tabs_anchor"),
)
TABS_ANCHOR = Part(
    "tabs_anchor",
    "구역 이동",
    "긴 화면의 구역이나 곁의 화면으로 갑니다. 모자라면 옆으로 밀어 봅니다.",
    (
        Example(
            State.FILLED,
            '<c-tabs-anchor label="부서 화면의 구역" :tabs="tabs" />',
            {"tabs": TABS},
            is_wide=True,
        ),
        Example(
            State.LONG,
            '<c-tabs-anchor label="긴 구역" :tabs="tabs" />',
            {"tabs": (Tab(LONG, "#part-tabs_anchor"), Tab(LONG[:60], "#part-tabs_anchor"))},
            is_wide=True,
        ),
    ),
)

SECTION = Section(
    "inputs",
    "입력과 이동",
    "적는 것, 고르는 것, 찾아가는 것",
    (FIELD, FORM, FILTER_BAR, SEARCH, CHIP_FILTER, TABS_ANCHOR),
)
