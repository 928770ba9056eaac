"""Pickers and tables of inputs in a real browser: keys, paste, without a script."""

import pytest
from playwright.sync_api import expect

from mokmin.foundation.access.states import Role
from tests.foundation.orgs.hamlet import Hamlet
from tests.journeys.newcomers import database_of, newcomer

FORM, TABLE = "/staff/gallery/form/", "/staff/gallery/form/table/"
ORDER = "/staff/organisation/orders/new/"
PASTE = """([text, html]) => {
  const data = new DataTransfer();
  if (text) data.setData("text/plain", text);
  if (html) data.setData("text/html", html);
  const how = { clipboardData: data, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
}"""


@pytest.fixture(scope="module", autouse=True)
def _organisation(site):
    site.change_settings(mfa_roles=[])
    with database_of():
        Hamlet()


@pytest.fixture
def writer():
    with newcomer(Role.ADMINISTRATOR) as found:
        yield found


@pytest.fixture
def someone(visit, writer):
    found = visit()
    writer.sign_in(found)
    expect(found.page).to_have_url(found.site.url("/staff/"))
    yield found
    assert found.complaints == []


@pytest.fixture
def page(someone):
    return someone.open(FORM)


@pytest.fixture
def table(someone):
    return someone.open(TABLE)


@pytest.fixture
def plain(visit, writer):
    found = visit(has_js=False)
    writer.sign_in(found)
    return found.open(FORM)


@pytest.fixture
def plain_table(plain):
    plain.goto(plain.url.replace(FORM, TABLE))
    return plain


def send(page):
    page.get_by_role("main").get_by_role("button", name="보내기").click()


def listed(page):
    return page.get_by_role("listbox").get_by_role("option")


def cell(page, row, column):
    return page.get_by_label(f"{row}번째 줄 {column}", exact=True)


def values(page, column, rows=3):
    return [cell(page, row, column).input_value() for row in range(1, rows + 1)]


def paste(page, text="", html=""):
    page.evaluate(PASTE, [text, html])


def test_a_picker_is_a_combobox_that_arrows_and_enter_work(page):
    unit = page.get_by_role("combobox", name="주관 부서")
    unit.press_sequentially("기획")
    expect(listed(page)).to_have_text(["기획예산과 행정국", "기획팀 행정국 기획예산과"])
    expect(unit).to_have_attribute("aria-expanded", "true")

    unit.press("ArrowDown")
    unit.press("ArrowDown")
    chosen = page.get_by_role("listbox").get_by_role("option", selected=True)
    expect(chosen).to_have_text("기획팀 행정국 기획예산과")
    expect(unit).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    unit.press("Enter")

    expect(unit).to_have_value("기획팀")
    expect(unit).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("#form").get_by_text("행정국 기획예산과", exact=True)).to_be_visible()
    expect(page).to_have_url(page.url)


def test_what_was_found_and_chosen_is_said(page):
    unit = page.get_by_role("combobox", name="주관 부서")
    unit.press_sequentially("산림팀")
    said = page.get_by_role("status").filter(has_text="찾았습니다")
    expect(said).to_have_text("1곳을 찾았습니다. 위아래 화살표로 고르세요.")

    unit.press("ArrowUp")
    unit.press("Enter")

    expect(page.get_by_role("status").filter(has_text="골랐습니다")).to_have_text(
        "산림팀 산림과. 골랐습니다."
    )


def test_escape_shuts_the_list_and_keeps_what_was_typed(page):
    unit = page.get_by_role("combobox", name="주관 부서")
    unit.press_sequentially("산림")
    expect(listed(page).first).to_be_visible()

    unit.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(unit).to_have_value("산림")


def test_leaving_the_input_shuts_the_list(page):
    page.get_by_role("combobox", name="주관 부서").press_sequentially("산림")
    expect(listed(page).first).to_be_visible()

    page.keyboard.press("Tab")

    expect(page.get_by_role("listbox")).to_be_hidden()


def test_nothing_found_is_said_in_the_list(page):
    page.get_by_role("combobox", name="주관 부서").press_sequentially("없는과")

    expect(listed(page)).to_have_text(["그런 부서를 찾지 못했습니다."])


def test_several_become_chips_that_can_be_taken_off(page):
    people = page.get_by_role("combobox", name="참석자")
    for name in ("가군수", "나과장"):
        people.press_sequentially(name)
        listed(page).filter(has_text=name).click()
    chips = page.locator(".mk-picked-one")
    expect(chips).to_have_count(2)

    page.get_by_role("button", name="가군수 빼기").click()

    expect(chips).to_have_count(1)
    expect(people).to_be_focused()
    people.press("Backspace")
    expect(chips).to_have_count(0)


def test_what_was_picked_survives_a_refusal_and_the_list_works_after_it(page):
    page.get_by_role("combobox", name="참석자").press_sequentially("라주")
    listed(page).click()

    send(page)
    expect(page.locator("[data-error-summary]")).to_be_focused()

    expect(page.locator(".mk-picked-one")).to_have_count(1)
    page.get_by_role("combobox", name="주관 부서").press_sequentially("산림팀")
    expect(listed(page)).to_have_count(1)


def test_without_a_script_a_name_is_looked_up_and_offers_are_made(plain):
    plain.get_by_label("주관 부서").fill("기획")
    send(plain)

    plain.get_by_label("기획팀").check()
    plain.get_by_label("제목").fill("협의회")
    plain.get_by_label("날짜").fill("2026-10-01")
    send(plain)

    expect(plain.get_by_text("바르게 적었습니다.")).to_be_visible()


EXCEL = (
    "할 일\t맡은 사람\t구분\t기한\t수량\r\n"
    "현수막 걸기\t라주무\t행사\t2026. 7. 1.\t1,200\r\n"
    '"물\n사기"\t마주무\t회의\t2026-07-02\t"""3"""\r\n'
)


def test_a_range_of_a_spreadsheet_spreads_over_cells_without_its_heading(table):
    cell(table, 1, "할 일").focus()

    paste(table, EXCEL)

    assert values(table, "할 일") == ["현수막 걸기", "물 사기", ""]
    assert values(table, "맡은 사람", 2) == ["라주무", "마주무"]
    assert values(table, "구분", 2) == ["event", "meeting"]
    assert values(table, "수량", 2) == ["1,200", '"3"']
    expect(table.get_by_text("2줄을 붙여 넣었습니다.")).to_be_visible()


def test_a_paste_begins_at_the_cell_it_is_made_in(table):
    cell(table, 2, "기한").focus()

    paste(table, "2026-07-01\t3\n2026-07-02\t4\n")

    assert values(table, "기한") == ["", "2026-07-01", "2026-07-02"]
    assert values(table, "수량") == ["", "3", "4"]


HEADING = "성명\t전자우편\t구분\t새 부서\t새 직위\t자리 번호\t비고\n"
ROWS = (
    "라주무\t\t전보\t산림과 산림팀\t주무관\t\t정기\n"
    "마주무\tma@garam.example\t전보\t기획팀\t주무관\t0b428zb072\t\n"
)


@pytest.mark.parametrize("text", [HEADING + ROWS, ROWS], ids=["headed", "bare"])
def test_rows_of_the_form_in_excel_go_to_their_columns(someone, text):
    page = someone.open(ORDER)
    cell(page, 1, "성명").focus()

    paste(page, text)

    found = {label: values(page, label, 2) for label in ("성명", "구분", "새 자리", "비고")}
    assert found == {
        "성명": ["라주무", "ma@garam.example"],
        "구분": ["transfer", "transfer"],
        "새 자리": ["산림과 산림팀 주무관", "0b428zb072"],
        "비고": ["정기", ""],
    }
    expect(page.get_by_text("2줄을 붙여 넣었습니다.", exact=True)).to_be_visible()


def test_columns_in_another_order_go_by_their_titles(someone):
    page = someone.open(ORDER)
    cell(page, 1, "새 자리").focus()

    paste(page, "구분\t성명\n휴직\t라주무\n")

    assert [values(page, label, 1) for label in ("성명", "구분", "새 자리")] == [
        ["라주무"], ["leave"], [""],
    ]  # fmt: skip


def test_what_fits_no_column_is_told_with_the_columns_that_there_are(someone):
    page = someone.open(ORDER)
    cell(page, 1, "성명").focus()

    paste(page, "라주무\t6급\t산림과\t전보\t2027-01-01\n")

    said = page.get_by_role("status").filter(has_text="1줄을 붙여 넣었습니다.")
    expect(said).to_contain_text("칸의 차례는 성명, 구분, 새 자리, 비고입니다.")
    expect(page.locator(".mk-sheet-foot > .mk-sub")).to_contain_text(
        "칸의 차례는 성명, 구분, 새 자리, 비고입니다."
    )


def test_a_table_of_another_program_is_taken_cell_by_cell(table):
    cell(table, 1, "할 일").focus()

    paste(
        table,
        "한글에서는 줄마다 옵니다",
        "<table><tr><td colspan=2>현수막</td><td>행사</td></tr>"
        "<tr><td>물</td><td>라주무</td><td>회의</td></tr></table>",
    )

    assert values(table, "할 일", 2) == ["현수막", "물"]
    assert values(table, "맡은 사람", 2) == ["", "라주무"]
    assert values(table, "구분", 2) == ["event", "meeting"]


def test_rows_are_added_for_what_is_pasted_up_to_the_limit(table):
    cell(table, 1, "할 일").focus()

    paste(table, "".join(f"일 {number}\t\n" for number in range(1, 61)))

    expect(table.locator("[data-sheet-row]")).to_have_count(50)
    expect(
        table.get_by_text(
            "50줄을 붙여 넣었습니다. 한 번에 50줄까지 적을 수 있어 10줄은 넣지 않았습니다."
        )
    ).to_be_visible()


def test_what_no_choice_knows_is_left_empty_and_told(table):
    cell(table, 1, "할 일").focus()

    paste(table, "현수막\t\t모름\n")

    assert values(table, "구분", 1) == [""]
    expect(table.get_by_text("목록에 없는 값 1개는 비워 두었습니다.")).to_be_visible()


def test_a_paste_can_be_taken_back(table):
    cell(table, 1, "할 일").fill("먼저 적은 일")
    cell(table, 1, "할 일").focus()
    paste(table, EXCEL * 4)

    table.get_by_role("button", name="되돌리기").click()

    assert values(table, "할 일") == ["먼저 적은 일", "", ""]
    expect(table.locator("[data-sheet-row]")).to_have_count(5)


def test_plain_text_is_pasted_as_everywhere(table):
    cell(table, 1, "할 일").focus()

    is_left_to_the_browser = table.evaluate(
        f"""() => {{
          let prevented;
          document.addEventListener("paste", (event) => {{ prevented = event.defaultPrevented; }});
          ({PASTE})(["한 낱말", ""]);
          return !prevented;
        }}"""
    )

    assert is_left_to_the_browser is True


def test_arrows_and_enter_move_between_cells_and_enter_sends_nothing(table):
    cell(table, 1, "할 일").fill("일")
    cell(table, 1, "할 일").press("ArrowDown")
    expect(cell(table, 2, "할 일")).to_be_focused()
    table.keyboard.press("ArrowRight")
    expect(cell(table, 2, "맡은 사람")).to_be_focused()
    table.keyboard.press("Enter")
    expect(cell(table, 3, "맡은 사람")).to_be_focused()
    table.keyboard.press("Shift+Enter")
    table.keyboard.press("ArrowUp")
    expect(cell(table, 1, "맡은 사람")).to_be_focused()
    table.keyboard.press("ArrowLeft")
    expect(cell(table, 1, "할 일")).to_be_focused()
    table.keyboard.press("Home")
    table.keyboard.press("ArrowRight")
    expect(cell(table, 1, "할 일")).to_be_focused()

    expect(table.locator("[data-error-summary]")).to_have_count(0)


def test_enter_in_the_last_row_makes_another(table):
    cell(table, 5, "할 일").press("Enter")

    expect(cell(table, 6, "할 일")).to_be_focused()


def test_a_picker_in_a_cell_keeps_its_arrows_while_its_list_is_open(table):
    who = cell(table, 1, "맡은 사람")
    who.press_sequentially("라주")
    expect(listed(table)).to_have_count(1)

    who.press("ArrowDown")
    who.press("Enter")

    expect(who).to_be_focused()
    expect(who).to_have_value("라주무")


def test_a_row_is_removed_and_taken_back_by_the_same_button(table):
    cell(table, 1, "할 일").fill("지울 일")
    button = table.get_by_role("button", name="1번째 줄 지우기")
    row = table.locator("[data-sheet-row]").first

    button.click()
    expect(row).to_have_class("is-gone")
    expect(table.get_by_text("1번째 줄을 지웠습니다.")).to_be_visible()
    button.click()

    expect(row).not_to_have_class("is-gone")
    expect(cell(table, 1, "할 일")).to_have_value("지울 일")


def test_no_row_is_added_where_the_server_would_not_read_it(table):
    cell(table, 1, "할 일").focus()
    paste(table, "일\n" * 50)
    for button in table.get_by_role("button", name="번째 줄 지우기").all():
        button.evaluate("button => button.click()")
    table.get_by_role("button", name="줄 더하기").click()
    cell(table, 51, "할 일").focus()

    paste(table, "새 일\n" * 60)

    expect(table.locator("[data-sheet-row]")).to_have_count(100)
    expect(
        table.get_by_text("50줄을 붙여 넣었습니다. 한 번에 50줄까지 적을 수 있어 10줄은")
    ).to_be_visible()
    table.get_by_role("button", name="51번째 줄 지우기").click()
    table.get_by_role("button", name="줄 더하기").click()
    expect(table.get_by_text("지운 줄이 많아 줄을 더할 수 없습니다.")).to_be_visible()
    expect(table.locator("[data-sheet-row]")).to_have_count(100)


def test_errors_stand_at_their_cells_and_the_summary_leads_there(table):
    cell(table, 1, "할 일").focus()
    paste(table, "현수막\t없는이\t\t내일\t많이\n")

    send(table)
    summary = table.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="1번째 줄 기한").click()

    expect(cell(table, 1, "기한")).to_be_focused()
    expect(cell(table, 1, "기한")).to_have_attribute("aria-invalid", "true")
    expect(cell(table, 1, "기한")).to_have_value("내일")


def test_without_a_script_rows_are_added_and_removed_by_the_server(plain_table):
    expect(plain_table.get_by_role("button", name="되돌리기")).to_have_count(0)
    cell(plain_table, 1, "할 일").fill("현수막")

    plain_table.get_by_role("button", name="줄 더하기").click()

    expect(plain_table.locator("[data-sheet-row]")).to_have_count(10)
    expect(cell(plain_table, 1, "할 일")).to_have_value("현수막")
    plain_table.get_by_label("지움").first.check()
    plain_table.get_by_label("제목").fill("행사")
    plain_table.get_by_label("날짜").fill("2026-10-01")
    send(plain_table)
    expect(plain_table.get_by_text("바르게 적었습니다.")).to_be_visible()


@pytest.mark.parametrize("window", ["desktop", "phone"])
@pytest.mark.parametrize("contrast", [False, True])
@pytest.mark.parametrize(("address", "name"), [(FORM, "참석자"), (TABLE, "1번째 줄 맡은 사람")])
def test_axe_finds_nothing_on_the_form_before_and_after_a_refusal(
    visit, writer, window, contrast, address, name
):
    found = visit(window=window, contrast=contrast)
    writer.sign_in(found)
    page = found.open(address)
    before = found.violations()
    page.get_by_role("combobox", name=name).press_sequentially("라주")
    expect(listed(page)).to_have_count(1)
    during = found.violations()
    listed(page).click()

    send(page)
    expect(page.locator("[data-error-summary]")).to_be_focused()

    assert (before, during, found.violations()) == ([], [], [])


@pytest.mark.parametrize("address", [FORM, TABLE])
def test_nothing_scrolls_sideways_at_320_pixels(someone, address):
    page = someone.open(address)
    page.set_viewport_size({"width": 320, "height": 700})

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_picker_says_when_nobody_is_signed_in_any_more(someone, page):
    someone.context.clear_cookies()

    page.get_by_label("주관 부서").press_sequentially("기획")

    expect(page.get_by_role("dialog", name="로그인 시간 안내")).to_be_visible()
    expect(page.locator("[data-session-over]")).to_be_visible()
    expect(page.locator("#mk-options + .mk-sr, body > .mk-sr[role=status]").last).to_have_text(
        "로그인 시간이 끝나 찾지 못했습니다. 다시 로그인한 뒤에 이어서 적어 주세요."
    )
