"""The second factor, from the first demand to a lost phone, in a real browser."""

import pytest

from mokmin.foundation.access.states import Role
from tests.surfaces.portal.doors import totp


@pytest.fixture
def _asked_of_auditors(site):
    site.change_settings(mfa_roles=[Role.AUDITOR])
    yield
    site.change_settings(mfa_roles=[])


@pytest.mark.usefixtures("_asked_of_auditors")
def test_an_auditor_sets_it_up_signs_in_with_it_and_with_a_recovery_code(visit):
    someone = visit(window="phone")
    page = someone.sign_in(Role.AUDITOR)
    main = page.get_by_role("main")

    secret = page.locator("output").get_attribute("data-value")
    page.get_by_label("인증 번호").fill(totp(secret))
    main.get_by_role("button", name="2단계 인증 켜기").click()
    codes = page.get_by_role("list", name="복구 코드").locator("li").all_inner_texts()
    faults = someone.violations()
    page.get_by_role("link", name="보관했습니다").click()
    first = page.url

    arrived = []
    for code in (totp(secret, step=1), codes[0]):
        someone.context.clear_cookies()
        someone.sign_in(Role.AUDITOR)
        page.get_by_label("인증 번호").fill(code)
        faults += someone.violations()
        main.get_by_role("button", name="로그인").click()
        arrived.append(page.url)

    assert first == someone.site.url("/staff/")
    assert arrived == [someone.site.url("/staff/")] * 2
    assert len(codes) == 10
    assert faults + someone.complaints == []
