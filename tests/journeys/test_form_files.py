"""Files in a real browser: dropped, listed, taken off, kept over a refusal, sent."""

import pytest
from playwright.sync_api import expect

from mokmin.foundation.access.states import Role
from tests.journeys.newcomers import newcomer

FORM = "/staff/gallery/form/files/"
DROP = """([names, size]) => {
  const carried = new DataTransfer();
  for (const name of names) carried.items.add(new File(["x".repeat(size)], name));
  const zone = document.querySelector("[data-drop]");
  for (const type of ["dragenter", "dragover", "drop"]) {
    const how = { dataTransfer: carried, bubbles: true, cancelable: true };
    zone.dispatchEvent(new DragEvent(type, how));
  }
}"""
SHEET = {"name": "명단.xlsx", "mimeType": "application/octet-stream", "buffer": b"PK 12345"}
PAPER = {"name": "계획.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}


@pytest.fixture(scope="module", autouse=True)
def _no_second_factor(site):
    site.change_settings(mfa_roles=[])


@pytest.fixture
def writer():
    with newcomer(Role.ADMINISTRATOR) as found:
        yield found


@pytest.fixture
def page(visit, writer):
    found = visit()
    writer.sign_in(found)
    expect(found.page).to_have_url(found.site.url("/staff/"))
    yield found.open(FORM)
    assert found.complaints == []


def choose(page, *files):
    page.get_by_label("붙임").set_input_files(list(files))


def drop(page, *names, size=10):
    page.evaluate(DROP, [list(names), size])


def listed(page):
    return page.locator("[data-drop-list] li > span:first-child")


def held(page):
    return page.get_by_label("붙임").evaluate(
        "(input) => [...input.files].map((file) => file.name)"
    )


def send(page):
    page.get_by_role("main").get_by_role("button", name="보내기").click()


def test_dropped_files_are_listed_beside_those_that_were_chosen(page):
    choose(page, SHEET)
    drop(page, "공문.hwpx")

    expect(listed(page)).to_have_text(["명단.xlsx", "공문.hwpx"])
    assert held(page) == ["명단.xlsx", "공문.hwpx"]


def test_the_same_file_is_taken_once(page):
    choose(page, SHEET)
    page.get_by_label("붙임").evaluate(
        "(input) => { input.files = input.files; input.dispatchEvent("
        "new Event('change', { bubbles: true })); }"
    )

    expect(listed(page)).to_have_count(1)


def test_a_file_is_taken_off_again(page):
    choose(page, SHEET, PAPER)

    page.get_by_role("button", name="명단.xlsx 빼기").click()

    expect(listed(page)).to_have_text(["계획.pdf"])
    assert held(page) == ["계획.pdf"]
    expect(page.get_by_label("붙임")).to_be_focused()


@pytest.mark.parametrize(
    ("names", "size", "said"),
    [
        (["큰.pdf"], 2_100_000, "‘큰.pdf’: 크기가 2.1MB입니다. 2.0MB까지 올릴 수 있어 뺐습니다."),
        (
            ["하나.pdf", "둘.pdf", "셋.pdf", "넷.pdf"],
            10,
            "파일은 3개까지 올릴 수 있어 나머지는 뺐습니다.",
        ),
    ],
)
def test_limits_are_told_before_anything_is_sent(page, names, size, said):
    drop(page, *names, size=size)

    expect(page.locator("[data-drop-said]")).to_contain_text(said)
    expect(listed(page)).to_have_count(3 if len(names) > 3 else 0)


@pytest.mark.parametrize(
    ("name", "size", "told", "answered"),
    [
        (
            "나쁜.exe",
            10,
            "‘나쁜.exe’: 올릴 수 없는 종류입니다.",
            "‘나쁜.exe’는 올릴 수 없는 종류입니다.",
        ),
        ("빈.pdf", 0, "‘빈.pdf’: 빈 파일입니다.", "‘빈.pdf’는 빈 파일입니다."),
    ],
)
def test_a_file_that_is_wrong_is_answered_with_what_is_wrong(page, name, size, told, answered):
    drop(page, name, size=size)
    expect(page.locator("[data-drop-said]")).to_contain_text(told)

    send(page)

    expect(page.locator("[data-error-summary]")).to_contain_text(answered)


def test_beside_one_that_fits_a_file_that_is_wrong_is_taken_off(page):
    drop(page, "빈.pdf", size=0)

    choose(page, SHEET)

    expect(page.locator("[data-drop-said]")).to_contain_text("‘빈.pdf’: 빈 파일이라 뺐습니다.")
    assert held(page) == ["명단.xlsx"]


def test_a_file_dropped_beside_the_place_does_not_replace_the_page(page):
    is_held_back = page.evaluate(
        """() => {
          const carried = new DataTransfer();
          carried.items.add(new File(["x"], "a.pdf"));
          const how = { dataTransfer: carried, bubbles: true, cancelable: true };
          return !document.querySelector("h1").dispatchEvent(new DragEvent("drop", how));
        }"""
    )

    assert is_held_back is True


def test_chosen_files_stay_over_a_refusal(page):
    choose(page, SHEET)

    send(page)
    expect(page.locator("[data-error-summary]")).to_be_focused()

    expect(listed(page)).to_have_text(["명단.xlsx"])
    assert held(page) == ["명단.xlsx"]


def test_sending_shows_how_far_the_upload_is_and_leads_on(page):
    seen = "window.bars = 0; new MutationObserver(() => { window.bars += 1; }).observe("
    page.evaluate(
        f"() => {{ {seen}document.querySelector('[data-drop-progress]'),"
        " { attributeFilter: ['hidden'] }); }"
    )
    choose(page, {**SHEET, "buffer": b"x" * 1_900_000})
    send(page)
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert page.evaluate("window.bars") == 2

    page.get_by_label("제목").fill("행사")
    page.get_by_label("날짜").fill("2026-10-01")
    send(page)

    expect(page.get_by_text("바르게 적었습니다.")).to_be_visible()


def test_without_a_script_it_is_the_browsers_own_input(visit, writer):
    plain = visit(has_js=False)
    writer.sign_in(plain)
    page = plain.open(FORM)
    choose(page, SHEET)
    page.get_by_label("제목").fill("행사")
    page.get_by_label("날짜").fill("2026-10-01")

    send(page)

    expect(page.get_by_text("바르게 적었습니다.")).to_be_visible()
