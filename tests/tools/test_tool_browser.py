"""The browser for tests is found, or its absence explained."""

from tools import browser, test


def test_the_first_browser_that_answers_is_taken(monkeypatch, programs):
    programs("chromium", "exit 1")
    path = programs("chromium-browser", "echo Chromium 150")
    monkeypatch.setenv("PATH", str(path))
    monkeypatch.delenv("MOKMIN_CHROMIUM", raising=False)

    assert browser.find_or_install() == (str(path / "chromium-browser"), "")


def test_the_browser_that_was_chosen_goes_first(monkeypatch, programs):
    programs("chromium", "echo Chromium 150")
    path = programs("my-browser", "echo Chromium 151")
    monkeypatch.setenv("PATH", str(path))
    monkeypatch.setenv("MOKMIN_CHROMIUM", str(path / "my-browser"))

    assert browser.find_or_install() == (str(path / "my-browser"), "")


def test_a_chosen_browser_that_is_not_there_is_not_replaced(monkeypatch, programs):
    path = programs("chromium", "echo Chromium 150")
    monkeypatch.setenv("PATH", str(path))
    monkeypatch.setenv("MOKMIN_CHROMIUM", str(path / "gone"))

    assert browser.find_or_install() == ("", browser.MISSING)


def test_without_a_browser_and_a_package_manager_one_line_says_what_to_do(monkeypatch, programs):
    monkeypatch.setenv("PATH", str(programs("something", "exit 0")))
    monkeypatch.delenv("MOKMIN_CHROMIUM", raising=False)

    assert browser.find_or_install() == (
        "",
        "크로미움이 없습니다. 'apt install chromium'으로 설치하시거나 "
        "MOKMIN_CHROMIUM에 실행 파일의 위치를 적어 주세요.",
    )


def test_the_whole_suite_runs_in_parallel_with_coverage():
    assert test.command([], processors=2) == [
        *("-m", "pytest", "-n", "2", "--dist", "loadfile"),
        *("--cov", "--cov-config=pyproject.toml", "--cov-report=term-missing:skip-covered"),
    ]


def test_a_part_of_the_suite_runs_without():
    assert test.command(["tests/lib", "-x"], processors=64) == [
        *("-m", "pytest", "-n", "8", "--dist", "loadfile", "tests/lib", "-x"),
    ]
