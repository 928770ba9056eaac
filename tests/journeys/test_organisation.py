"""Through the organisation as an administrator goes: mouse, keys, phone, without a script."""

from datetime import timedelta

import openpyxl
import pytest
from playwright.sync_api import expect

from mokmin.foundation.access.states import Role
from mokmin.surfaces.kit.http import today
from tests.journeys import offices

TREE = "/staff/organisation/"
REORGANISE = f"{TREE}reorganisations/new/"
UPLOAD = f"{TREE}orders/upload/"
WINDOWS = ("desktop", "phone")
HEADINGS = 3
"""The row of the template in which its headings stand."""

GOOD, BAD = 30, 5


@pytest.fixture(params=WINDOWS)
def administrator(request, visit, site):
    """The administrator, with the offices of their window."""
    return begun(visit(window=request.param), site, request.param)


def begun(someone, site, window):
    someone.offices = offices.furnish(site, window)
    someone.departments = list(offices.DEPARTMENTS[window])
    someone.teams = [team for own in offices.DEPARTMENTS[window].values() for team in own]
    someone.sign_in(Role.ADMINISTRATOR)
    expect(someone.page).to_have_url(site.url("/staff/"))
    return someone


def in_(days):
    return (today() + timedelta(days=days)).isoformat()


def write_heading(page, title, on):
    page.get_by_label("제목").fill(title)
    page.get_by_label("시행일").fill(on)


def open_step(page, kind, unit=""):
    """Choose what is done to which unit."""
    page.get_by_label("무엇을 바꾸나요").select_option(kind)
    if unit:
        page.get_by_label("어느 부서를 바꾸나요").select_option(unit)
    page.get_by_role("button", name="이 변경 적기").click()


def take_step(page, count):
    """Put the step that was written to the others."""
    page.get_by_role("button", name="바꿀 내용에 넣기").click()
    expect(page.locator(".mk-steps > li")).to_have_count(count)


def names_on(someone, day):
    """The units on the tree of a day."""
    page = someone.open(f"{TREE}?on={day}")
    return page.locator(".mk-tree a").all_text_contents()


def test_a_department_is_split_and_two_teams_are_merged(administrator):
    department = administrator.departments[0]
    _, second, one, two = administrator.teams
    units, day = administrator.offices.units, in_(30)
    page = administrator.open(REORGANISE)
    write_heading(page, "하반기 조직개편", day)

    open_step(page, "split", units[department])
    page.get_by_label("새 부서 1").first.fill(f"새{department}")
    page.get_by_label(second, exact=True).select_option("1")
    take_step(page, 1)
    open_step(page, "merge", units[one])
    page.locator("#id_step-with_1").select_option(units[two])
    page.locator("#id_step-name").fill(f"통합{one}")
    take_step(page, 3)
    page.get_by_role("button", name="미리보기").last.click()

    before, after = page.locator("#before"), page.locator("#after")
    expect(before.get_by_text(two, exact=True)).to_be_visible()
    expect(after.get_by_text(f"통합{one}", exact=True)).to_be_visible()
    expect(after.get_by_text(two, exact=True)).to_have_count(0)
    expect(page.locator("#preview")).to_be_focused()
    assert administrator.violations() == []
    page.get_by_role("button", name="조직개편 등록").click()
    expect(page.get_by_text("조직개편을 등록했습니다.")).to_be_visible()
    assert administrator.violations() == []

    was, will = names_on(administrator, in_(29)), names_on(administrator, day)
    assert [name in was for name in (two, f"새{department}", f"통합{one}")] == [True, False, False]
    assert [name in will for name in (two, f"새{department}", f"통합{one}")] == [False, True, True]
    assert administrator.complaints == []


def filled(template, folder, rows, name):
    """The template with rows written into it."""
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    places = {str(cell.value).rstrip("*"): cell.column for cell in sheet[HEADINGS] if cell.value}
    for number, row in enumerate(rows, start=sheet.max_row + 1):
        for title, value in row.items():
            sheet.cell(number, places[title]).value = value
    book.save(folder / name)
    return folder / name


def test_an_excel_with_five_bad_rows_is_mended_and_then_applied(administrator, tmp_path):
    seats, spare = administrator.offices.seats[:GOOD], administrator.offices.seats[GOOD][0]
    good = [
        {"성명": name, "구분": "전보", "자리 번호": seats[(place + 1) % GOOD][1]}
        for place, (name, _) in enumerate(seats)
    ]
    bad = [
        {"성명": "없는사람", "구분": "전보"},
        {"성명": seats[0][0], "구분": "소풍"},
        {"구분": "휴직"},
        {"성명": spare, "구분": "전보", "새 부서": "없는과", "새 직위": "과장"},
        {"성명": seats[1][0], "구분": "퇴직", "새 직위": "주무관"},
    ]  # fmt: skip
    page = administrator.open(UPLOAD)
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="양식 내려받기").click()
    template = tmp_path / "template.xlsx"
    downloaded.value.save_as(template)

    page.get_by_label("제목").fill("정기인사")
    page.get_by_label("발령일").fill(in_(3))
    file = filled(template, tmp_path, good + bad, "first.xlsx")
    page.get_by_label("작성한 엑셀 파일").set_input_files(file)
    page.get_by_role("button", name="올려서 살펴보기").last.click()
    expect(page.get_by_text(f"{GOOD + BAD}줄 가운데 {BAD}줄을 고쳐야 합니다.")).to_be_visible()
    expect(page.get_by_role("table", name="고쳐야 할 줄").locator("tbody tr")).to_have_count(BAD)
    expect(page.get_by_label("제목")).to_have_value("정기인사")
    assert administrator.violations() == []

    file = filled(template, tmp_path, good, "mended.xlsx")
    page.get_by_label("작성한 엑셀 파일").set_input_files(file)
    page.get_by_role("button", name="다시 살펴보기").last.click()
    expect(page.get_by_text("틀린 곳이 없습니다.")).to_be_visible()
    expect(page.locator("#work")).to_be_focused()
    page.get_by_role("button", name="발령 등록").click()

    expect(page.get_by_text(f"{GOOD}줄을 모두 등록했습니다.")).to_be_visible()
    expect(page.get_by_role("table", name="발령 내용").locator("tbody tr")).to_have_count(GOOD)
    expect(page.get_by_role("link", name="mended.xlsx")).to_be_visible()
    assert administrator.violations() == []
    assert administrator.complaints == []


def test_a_person_a_unit_and_a_word_are_found(administrator):
    name, _ = administrator.offices.seats[-1]
    team = administrator.teams[0]
    page = administrator.open(TREE)

    page.get_by_label("찾는 말").fill(name)
    page.get_by_role("main").get_by_role("button", name="찾기").click()
    page.get_by_role("table", name="찾은 사람과 자리").get_by_role(
        "link", name=name, exact=True
    ).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()

    administrator.open(f"{TREE}?word={team}")
    page.get_by_role("table", name="찾은 부서").get_by_role("link", name=team, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=team)).to_be_visible()

    administrator.open(f"{TREE}?word={team}3번업무")
    found = page.get_by_role("table", name="찾은 사람과 자리").locator("tbody tr")
    expect(found).to_have_count(1)
    expect(found.locator("mark").first).to_be_visible()


def test_the_posts_are_taken_along_as_excel(administrator, tmp_path):
    page = administrator.open(f"{TREE}posts/?word={administrator.departments[1]}")

    page.get_by_role("link", name="내려받기").click()
    page.get_by_label("내려받는 사유").fill("정원 확인")
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="내려받기").click()
    file = tmp_path / "posts.xlsx"
    downloaded.value.save_as(file)

    rows = list(openpyxl.load_workbook(file).worksheets[0].values)
    assert rows[0][:3] == ("부서", "직위", "성명")
    assert len(rows) - 1 >= 1


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, target, stops=90):
    """Tab until it has the focus; a person would give up as well."""
    for _ in range(stops):
        press(page, "Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"not within {stops} stops: {target}")


def choose(page, select, value, steps=60):
    """Go down a select until the value is chosen."""
    for _ in range(steps):
        press(page, "ArrowDown")
        if select.input_value() == value:
            return
    raise AssertionError(f"not within {steps} steps: {value}")


def test_a_team_is_renamed_by_keys_alone(visit, site):
    someone = begun(visit(), site, "desktop")
    page = someone.open(REORGANISE)

    tab_to(page, page.get_by_label("제목"))
    page.keyboard.type("자판으로 한 개편")
    page.get_by_label("시행일").fill(
        in_(60)
    )  # a calendar of the browser, which has keys of its own
    tab_to(page, page.get_by_label("무엇을 바꾸나요"))
    press(page, "ArrowDown")
    tab_to(page, page.get_by_label("어느 부서를 바꾸나요"))
    choose(page, page.get_by_label("어느 부서를 바꾸나요"), someone.offices.units["일자리팀"])
    tab_to(page, page.get_by_role("button", name="이 변경 적기"))
    press(page, "Enter")
    expect(page.locator("#id_steps")).to_be_focused()
    tab_to(page, page.get_by_label("새 이름"), stops=3)
    press(page, "Control+A")
    page.keyboard.type("일자리창출팀")
    press(page, "Enter")
    expect(page.locator(".mk-steps > li")).to_have_count(1)
    tab_to(page, page.get_by_role("button", name="미리보기").last)
    press(page, "Enter")
    expect(page.locator("#preview")).to_be_focused()
    tab_to(page, page.get_by_role("button", name="조직개편 등록"))
    press(page, "Enter")

    expect(page.get_by_text("조직개편을 등록했습니다.")).to_be_visible()
    assert someone.complaints == []


@pytest.fixture
def scriptless(visit, site):
    """The administrator whose browser runs no script."""
    return begun(visit(window="phone", has_js=False), site, "phone")


def test_without_a_script_a_reorganisation_is_put_together(scriptless):
    page = scriptless.open(REORGANISE)
    write_heading(page, "스크립트 없는 개편", in_(90))
    team = scriptless.teams[0]

    open_step(page, "rename", scriptless.offices.units[team])
    page.get_by_label("새 이름").fill(f"큰{team}")
    take_step(page, 1)
    expect(page.get_by_label("제목")).to_have_value("스크립트 없는 개편")
    page.get_by_role("button", name="미리보기").last.click()
    page.get_by_role("button", name="조직개편 등록").click()

    expect(page.get_by_text("조직개편을 등록했습니다.")).to_be_visible()
    page.get_by_role("link", name="취소하기").click()
    page.get_by_label("사유").fill("시험이 끝남")
    page.get_by_role("button", name="조직개편 취소").click()
    expect(page.get_by_text("조직개편을 취소했습니다.")).to_be_visible()


def test_without_a_script_branches_of_the_tree_open(scriptless):
    page = scriptless.open(TREE)
    team = page.get_by_role("link", name=scriptless.teams[0], exact=True)
    expect(team).to_be_hidden()

    page.locator("summary", has_text=f"{scriptless.departments[0]} 아래").click()

    expect(team).to_be_visible()
