"""Three years of 해솔군: half-yearly orders, small ones between them, and one reorganisation.

Everything follows from `today` and the seed; nothing reads the clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from mokmin.foundation.orgs.states import OrderVerb, PostRank
from mokmin.surfaces.cli.county import before, units
from mokmin.surfaces.cli.county.names import Registry
from mokmin.surfaces.cli.county.staff import BELOW, RETIRING, TENURE, Office, OrderSpec, Staff
from mokmin.surfaces.cli.county.units import Structure

SEED = 20230701
STAFF = 615
"""Officials today, those on leave included (현원)."""

SETTLED = 90
"""Days that a reorganisation is old at least."""

NAMED = {
    "강태섭": units.MAYOR,
    "정하윤": "기획예산실/성과관리/1",
    "조현우": "기획예산실/예산/1",
    "윤미정": "감사법무실/감사/1",
    "한소영": "감사법무실/법무/1",
    "임다은": "홍보미디어실/보도/1",
    "최은경": "경제교통과/장",
    "박준호": "경제교통과/일자리/장",
    "이서연": "경제교통과/일자리/1",
    "배수진": "경제교통과/교통행정/1",
    "문정훈": "농업정책과/귀농귀촌/1",
    "신동혁": "디지털정보과/정보기획/1",
}
"""Those who sign in, and their posts."""

LEAVER, STAND_IN, AWAY = "배수진", "문정훈", "농업정책과/귀농귀촌/장"
ON_LEAVE = "서유진"
"""Who moved to the province lately; who acts for which head on leave."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which something happened."""

    since: date
    reorganised: date
    moved_out: date
    went_on_leave: date
    today: date


@dataclass(frozen=True, slots=True)
class County:
    """All of it, by key and number of the official."""

    days: Days
    first: Structure
    now: Structure
    staff: tuple[Staff, ...]
    seats: dict[str, str]
    """Post → official on the first day."""

    orders: tuple[OrderSpec, ...]


def half_year_before(day: date) -> date:
    """The first of January or July on or before the day."""
    return date(day.year, 7 if day.month >= 7 else 1, 1)  # noqa: PLR2004  # July


def days_of(today: date) -> Days:
    """When everything happened."""
    reorganised = half_year_before(today - timedelta(days=SETTLED))
    return Days(
        since=reorganised.replace(year=reorganised.year - 3),
        reorganised=reorganised,
        moved_out=working_days_before(today, 12),
        went_on_leave=working_days_before(today, 7),
        today=today,
    )


def working_days_before(day: date, count: int) -> date:
    """That many working days earlier (holidays are not known here)."""
    while count > 0:
        day -= timedelta(days=1)
        count -= day.weekday() < 5  # noqa: PLR2004  # Saturday
    return day


def county(now: Structure, *, today: date, seed: int = SEED) -> County:
    """The county with its past; the same for the same day and seed."""
    days = days_of(today)
    first = before.before(now)
    random = Random(seed)  # invents people, keeps no secret
    office = Office(
        random=random,
        registry=Registry(random, set(NAMED)),
        posts={post.key: post for post in first.posts},
        on=days.since,
    )
    _fill(office)
    seats = dict(office.seats)
    for each in _calendar(days):
        office.on = each
        _live(office, days, now)
    return County(days, first, now, tuple(office.staff.values()), seats, tuple(office.orders))


def _fill(office: Office) -> None:
    """The first day: nearly every post has its holder."""
    names = {post: name for name, post in NAMED.items()}
    officers = _officers(office, set(names))
    empty = set(office.random.sample(officers, len(office.posts) - STAFF - 1))
    for post in office.posts:
        if post not in empty:
            is_settled = post in names or post == AWAY
            name = ON_LEAVE if post == AWAY else names.get(post, "")
            person = office.enrol(post, name=name, is_settled=is_settled)
            office.seat(post, person)


def _officers(office: Office, without: set[str]) -> list[str]:
    return [
        post.key
        for post in office.posts.values()
        if post.rank is PostRank.OFFICER and post.key not in without
    ]


def _calendar(days: Days) -> Iterator[date]:
    """Every day on which an order came out, in their order."""
    found = {days.moved_out, days.went_on_leave}
    day = days.since + timedelta(days=31)
    while day < days.today:
        found |= {_working(day.replace(day=1)), _working(day.replace(day=17))}
        day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return iter(sorted(each for each in found if each <= days.today))


def _working(day: date) -> date:
    """Half-yearly orders are dated on the first, whatever day that is; others on a weekday."""
    if _is_regular(day):
        return day
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)  # noqa: PLR2004  # Friday


def _is_regular(day: date) -> bool:
    return day.day == 1 and day.month in {1, 7}


def _live(office: Office, days: Days, now: Structure) -> None:
    """What happens on a day; who leaves lately does so whatever else comes out that day."""
    day = office.on
    if day == days.reorganised:
        _after_reorganisation(office, now)
    elif _is_regular(day):
        _regular(office)
    if day == days.moved_out:
        _move_out(office)
    elif day == days.went_on_leave:
        _go_on_leave(office)
    elif _is_regular(day):
        return
    elif day.day < 15:  # noqa: PLR2004  # the first of the two days of a month
        _monthly(office, days)
    elif office.random.random() < BETWEEN:
        _between(office, days)


BETWEEN = 0.9
"""How often something happens in the second half of a month."""


def _regular(office: Office) -> None:
    """정기인사: who retires goes, those below rise, many change places, new ones come."""
    _retire(office)
    _change_deputy(office)
    for rank, leaves_empty in (
        (PostRank.BUREAU_HEAD, 0),
        (PostRank.UNIT_HEAD, 0),
        (PostRank.TEAM_HEAD, 3),
    ):
        _promote(office, rank, leaves_empty)
    _rotate(office, PostRank.TEAM_HEAD, 10)
    _rotate(office, PostRank.OFFICER, 24)
    _return_all(office)
    _hire(office)
    _have_acted(office)
    office.end_acting()
    half = "상" if office.on.month == 1 else "하"
    office.issue(f"{office.on.year}년 {half}반기 정기인사")


def _after_reorganisation(office: Office, now: Structure) -> None:
    """The order of the same day places those whose posts were closed before anybody else."""
    left = office.reorganise(now.posts)
    for person in left:
        free = office.vacant(person.rank)
        if free:
            office.move(person, free[0])
        else:
            office.send_away(person, OrderVerb.DISPATCH, 200, "도 파견")
    _regular(office)


def _retire(office: Office) -> None:
    """정년: at the end of the half-year in which they become sixty."""
    for rank in reversed(PostRank):
        for person in office.free(rank):
            if rank is PostRank.MAYOR or half_year_before(_sixty(person)) >= office.on:
                continue
            office.send_off(person, OrderVerb.RETIRE, "정년퇴직")


def _sixty(person: Staff) -> date:
    return person.born.replace(year=person.born.year + RETIRING)


def _change_deputy(office: Office) -> None:
    """The deputy comes from the province and returns to it after two years."""
    for person in office.free(PostRank.DEPUTY_MAYOR):
        if (office.on - office.since[person.number]).days > 700:  # noqa: PLR2004  # two years
            office.send_off(person, OrderVerb.MOVE_OUT, "경상남도 전출")
    for post in office.vacant(PostRank.DEPUTY_MAYOR):
        office.hire(post, note="경상남도에서 전입")


def _promote(office: Office, rank: PostRank, leaves_empty: int) -> None:
    """Vacant heads' posts are filled from the rank below, where possible from the same series."""
    for post in office.vacant(rank)[: max(0, len(office.vacant(rank)) - leaves_empty)]:
        if post == AWAY:
            continue
        able = [each for each in office.free(BELOW[rank]) if _may_rise(office, each)]
        series = office.posts[post].series
        same = [each for each in able if each.series == series]
        if able:
            office.move((same or able)[0], post, OrderVerb.PROMOTE)


def _may_rise(office: Office, person: Staff) -> bool:
    age = office.on.year - person.born.year
    return age >= 36 and (office.on - office.since[person.number]).days > 300  # noqa: PLR2004  # days


def _rotate(office: Office, rank: PostRank, count: int) -> None:
    """전보: those longest in their posts change places within their series."""
    due = [
        each
        for each in office.free(rank)
        if (office.on - office.since[each.number]).days >= TENURE or rank is PostRank.OFFICER
    ]
    by_series: dict[str, list[Staff]] = {}
    for each in due:
        by_series.setdefault(each.series, []).append(each)
    groups = sorted(by_series.values(), key=len, reverse=True)
    for group in groups:
        taken = group[: min(count, len(group) // 2, 5)]
        if len(taken) > 1:
            office.random.shuffle(taken)
            office.rotate(taken)
            count -= len(taken)


def _return_all(office: Office) -> None:
    """복직: whoever was away long enough takes the vacant post that fits best."""
    for number, (_why, until) in list(office.away.items()):
        person = office.staff[number]
        free = office.vacant(person.rank)
        if until <= office.on and free:
            fitting = [post for post in free if office.posts[post].series == person.series]
            office.come_back(person, (fitting or free)[0])


def _hire(office: Office) -> None:
    """신규임용: as many as are missing, into vacant posts of officers."""
    free = office.vacant(PostRank.OFFICER)
    office.random.shuffle(free)
    for post in free[: max(0, _wanted(office) - office.serving())]:
        office.hire(post)


def _wanted(office: Office) -> int:
    """One more as long as the one is there who moved to the province lately."""
    return STAFF + (_named(office, LEAVER).left_on is None)


def _have_acted(office: Office) -> None:
    """직무대리 for heads' posts that stay vacant: an officer of the team."""
    for post in office.vacant(PostRank.TEAM_HEAD):
        unit = office.posts[post].unit
        team = {key for key, spec in office.posts.items() if spec.unit == unit}
        able = [
            each for each in office.free(PostRank.OFFICER) if office.seat_of(each.number) in team
        ]
        if post not in office.acting and able:
            office.act_for(post, able[0])


def _monthly(office: Office, days: Days) -> None:
    """The first of a month: who comes back, who is hired in between."""
    _return_all(office)
    if _is_late(office, days) or office.random.random() < HIRING:
        _hire(office)
    office.end_acting()
    is_new = any(line.verb is OrderVerb.APPOINT for line in office.lines)
    office.issue("신규공무원 임용" if is_new else "휴직자 복직 발령")


HIRING = 0.4
"""How often new ones come at the beginning of a month."""


def _is_late(office: Office, days: Days) -> bool:
    """In the last weeks nobody leaves any more but the one who did: the figures are today's."""
    return office.on > days.moved_out - timedelta(days=40)


def _between(office: Office, days: Days) -> None:
    """What happens in the middle of a month: parental leave, training, a move to the province."""
    young = [each for each in office.free(PostRank.OFFICER) if each.born.year > 1983]  # noqa: PLR2004  # born
    person = office.random.choice(young)
    kind = office.random.choices(list(IN_BETWEEN), list(IN_BETWEEN.values()))[0]
    if kind is OrderVerb.MOVE_OUT and not _is_late(office, days):
        office.send_off(person, kind, "타 지방자치단체 전출")
        title = "전출 발령"
    elif kind is OrderVerb.DISPATCH:
        office.send_away(person, kind, 180, "경상남도 파견")
        title = "파견 발령"
    else:
        office.send_away(person, OrderVerb.LEAVE, office.random.choice((180, 365)), "육아휴직")
        title = "휴직 발령"
    _have_acted(office)
    office.issue(title)


IN_BETWEEN = {OrderVerb.LEAVE: 6, OrderVerb.DISPATCH: 2, OrderVerb.MOVE_OUT: 2}
"""What happens in the middle of a month, and how often."""


def _move_out(office: Office) -> None:
    person = _named(office, LEAVER)
    office.send_off(person, OrderVerb.MOVE_OUT, "경상남도 전출")
    office.issue("전출 발령")


def _go_on_leave(office: Office) -> None:
    head = office.staff[office.seats[AWAY]]
    office.send_away(head, OrderVerb.LEAVE, 365, "육아휴직")
    office.act_for(AWAY, _named(office, STAND_IN))
    office.issue("휴직 및 직무대리 발령")


def _named(office: Office, name: str) -> Staff:
    return next(each for each in office.staff.values() if each.is_settled and each.name == name)
