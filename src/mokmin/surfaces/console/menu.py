"""The menu of the console."""

from mokmin.foundation.access import queries as access
from mokmin.foundation.files import queries as files
from mokmin.foundation.orgs import queries as orgs
from mokmin.foundation.people import queries as people
from mokmin.surfaces.kit.menu import Area, Entry, Group

MENU = (
    Group(
        "내 업무",
        (
            Entry("첫 화면", "console:home", "home", access.why_not_staff),
            Entry("달력", "console:calendar", "calendar", access.why_not_staff),
            Entry("알림", "console:notices", "bell", access.why_not_staff),
            Entry("작업", "console:jobs", "list", access.why_not_staff),
            Entry("내 파일", "console:files", "file", access.why_not_staff),
        ),
    ),
    Group(
        "조직",
        (
            Entry("조직", "console:organisation", "tree", orgs.why_not_see_organisation),
            Entry("조직개편", "console:reorganisations", "swap", orgs.why_not_see_organisation),
            Entry("인사발령", "console:orders", "document", orgs.why_not_see_organisation),
            Entry("인계인수", "console:hand-overs", "inbox", orgs.why_not_see_organisation),
        ),
    ),
    Group(
        "기관 관리",
        (
            Entry("계정과 역할", "console:people", "users", people.why_not_see_people),
            Entry("기관 설정", "console:settings", "settings", access.why_not_change_settings),
            Entry("화면 부품", "console:gallery", "window", access.why_not_see_parts),
        ),
    ),
    Group(
        "기록",
        (
            Entry("변경 이력", "console:trail", "clock", access.why_not_see_trail),
            Entry("변경 이력 검증", "console:trail-verify", "shield", access.why_not_verify_trail),
            Entry("파일 점검", "console:file-checks", "file", files.why_not_see_checks),
            Entry("개인정보 접속기록", "console:access-log", "eye", access.why_not_see_access_log),
            Entry(
                "접속기록 월 점검",
                "console:access-log-reviews",
                "check",
                access.why_not_review_access_log,
            ),
        ),
    ),
)

AREA = Area(
    prefix="/staff/",
    base="base_staff.html",
    name="성과관리",
    home="console:home",
    why_not=access.why_not_staff,
    menu=MENU,
    search=Entry("사람·부서·업무 검색", "console:search", "search", access.why_not_staff),
    inbox=Entry("알림", "console:notices", "bell", access.why_not_staff),
    user_menu=(
        Entry("비밀번호 바꾸기", "account_change_password", "key"),
        Entry("2단계 인증", "mfa_index", "shield"),
        Entry("공개 누리집", "portal:home", "window"),
    ),
)
