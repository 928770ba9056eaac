"""The menu of the console."""

from mokmin.surfaces.kit.menu import Area, Entry, Group

AREA = Area(
    prefix="/staff/",
    base="base_staff.html",
    name="성과관리",
    home="console:home",
    menu=(Group("내 업무", (Entry("첫 화면", "console:home", "home"),)),),
    user_menu=(
        Entry("비밀번호 바꾸기", "account_change_password", "key"),
        Entry("2단계 인증", "mfa_index", "shield"),
        Entry("공개 누리집", "portal:home", "window"),
    ),
)
