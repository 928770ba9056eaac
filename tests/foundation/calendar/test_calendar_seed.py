"""The seed against the calendar that the government publishes, day by day."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from mokmin.foundation.calendar import actions, queries, rules
from mokmin.foundation.calendar.models import ElectedTerm, FiscalYear, Holiday
from mokmin.foundation.calendar.states import HolidayKind
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act
from tests import seed
from tests.environment import ROOT

PUBLISHED = ROOT.parent / "shared" / "data" / "calendar"
TODAY = date(2026, 11, 20)

SPELT = {
    "3ㆍ1절": "3·1절",
    "대체공휴일(3ㆍ1절)": "대체공휴일(3·1절)",
    "부처님 오신 날": "부처님오신날",
    "대체공휴일(부처님 오신 날)": "대체공휴일(부처님오신날)",
    "설날 다음 날": "설날 다음날",
    "추석 다음 날": "추석 다음날",
}
"""The same name, spelt as the regulation does."""

CALLED_OTHERWISE = {
    date(2018, 6, 13): ("전국동시지방선거", "지방선거일"),
    date(2020, 4, 15): ("제21대 국회의원선거", "국회의원 선거일"),
    date(2022, 3, 9): ("대통령선거", "대통령 선거일"),
    date(2022, 6, 1): ("전국동시지방선거", "지방선거일"),
    date(2024, 4, 10): ("제22대국회의원선거", "국회의원 선거일"),
    # Decided for once by the cabinet; we say for what.
    date(2024, 10, 1): ("임시공휴일", "임시공휴일(국군의 날)"),
    # The office had fallen vacant: that election day was made a public holiday by decision.
    date(2025, 6, 3): ("임시공휴일(대통령선거)", "임시공휴일(대통령 선거일)"),
    # Two holidays fell on 5 May; the day in lieu stands for both, the publisher names one.
    date(2025, 5, 6): ("대체공휴일(부처님오신날)", "대체공휴일(부처님오신날·어린이날)"),
}
"""Day → what the publisher calls it, what we call it."""


def published(year):
    """Names of a year's days as published, spelt as the regulation does."""
    path: Path = PUBLISHED / f"holidays_{year}.csv"
    if not path.is_file():
        pytest.skip(f"published holidays of {year} are not at hand")
    names = defaultdict(set)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            said = row["Subject"].strip()
            names[date.fromisoformat(row["Start date"])].add(SPELT.get(said, said))
    return {day: "·".join(sorted(found)) for day, found in names.items()}


@pytest.mark.parametrize("year", range(2018, 2026))
def test_the_seed_is_the_published_calendar_but_for_names_that_are_explained(year):
    theirs = published(year)
    ours = {day.on: day.name for day in rules.lawful_days(year)}

    differing = {
        day: (theirs.get(day), ours.get(day))
        for day in sorted(theirs.keys() | ours.keys())
        if theirs.get(day) != ours.get(day)
    }
    explained = {day: names for day, names in CALLED_OTHERWISE.items() if day.year == year}
    assert differing == explained


def test_seeding_writes_down_2018_to_three_years_ahead(in_a):
    done = actions.seed(today=TODAY, at=seed.AT)

    assert list(done.years) == list(range(2018, 2030))
    assert Holiday.objects.filter(on__year=2026).count() == len(rules.lawful_days(2026))
    assert list(FiscalYear.objects.order_by("year").values_list("year", flat=True)) == list(
        range(2018, 2030)
    )
    assert list(
        ElectedTerm.objects.order_by("number").values_list("number", "from_on", "until_on")
    ) == [
        (7, date(2018, 7, 1), date(2022, 7, 1)),
        (8, date(2022, 7, 1), date(2026, 7, 1)),
        (9, date(2026, 7, 1), date(2030, 7, 1)),
    ]


def test_what_lies_ahead_is_marked_as_predicted(in_a):
    actions.seed(today=TODAY, at=seed.AT)

    years = {on.year for on in Holiday.objects.filter(is_predicted=True).dates("on", "year")}
    assert years == {2027, 2028, 2029}


def test_seeding_again_writes_nothing(in_a):
    actions.seed(today=TODAY, at=seed.AT)
    before = Act.objects.count()

    done = actions.seed(today=TODAY, at=seed.AT)

    assert (list(done.years), done.confirmed) == ([], 0)
    assert Act.objects.count() == before


def test_a_new_year_adds_a_year_confirms_its_own_and_leaves_what_was_entered(in_a, administrator):
    actions.seed(today=TODAY, at=seed.AT)
    actions.add_holiday(
        date(2028, 3, 2),
        actions.HolidayEntry("임시공휴일", HolidayKind.TEMPORARY, "국무회의 의결"),
        reason="의결",
        actor=administrator,
        at=seed.AT,
    )
    actions.remove_holiday(date(2027, 7, 17), reason="시험", actor=administrator, at=seed.AT)
    predicted = Holiday.objects.filter(on__year=2027, is_predicted=True).count()

    done = actions.seed(today=date(2027, 1, 1), at=seed.AT)

    assert (list(done.years), done.confirmed) == ([2030], predicted)
    assert queries.holidays(date(2028, 3, 2), date(2028, 3, 2)) == {date(2028, 3, 2): "임시공휴일"}
    assert queries.holidays(date(2027, 7, 17), date(2027, 7, 17)) == {}


def test_municipalities_have_calendars_of_their_own(tenant_a, tenant_b):
    with tenant(tenant_a.pk):
        actions.seed(today=TODAY, at=seed.AT)

    with tenant(tenant_b.pk):
        assert Holiday.objects.count() == 0
