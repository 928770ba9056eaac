"""The history as a person reads it: acts, changes before and after, filters, pages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.models import Settings
from mokmin.foundation.access.states import Role
from mokmin.foundation.people.models import Grant
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.keyset import Window
from mokmin.foundation.trail import actions, columns, queries, verbs
from mokmin.foundation.trail.columns import PERSONAL, ChangedColumn
from mokmin.foundation.trail.queries import ActFilter
from mokmin.foundation.trail.states import Operation
from tests import seed
from tests.foundation.trail.garden import AT, OFFICER

OTHER = Actor(person_id=8, name="박주무")


@pytest.fixture
def garden(plots, in_a):
    """Three acts of two officers on three days, then one direct change."""
    for day, (who, verb, title, reason) in enumerate(
        [
            (OFFICER, "lease", "우물가", "신청에 따름"),
            (OTHER, "lease", "밤나무밑", "추첨"),
            (OFFICER, "clear", "빈터", "계약 끝"),
        ]
    ):
        at = AT + timedelta(days=day)
        with actions.act(verb, actor=who, at=at, reason=reason) as act:
            act.about(plots.objects.create(title=title))
    plots.objects.filter(title="빈터").update(is_open=False)


def titles(**asked):
    found = queries.acts(ActFilter(**{"tables": ("scratch_plot",), **asked}))
    return [row.subject.removeprefix("scratch_plot").strip() for row in found]


def test_acts_come_newest_first(garden):
    assert titles(until=date(2026, 7, 31)) == ["빈터", "밤나무밑", "우물가"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"since": date(2026, 7, 2), "until": date(2026, 7, 3)}, ["빈터", "밤나무밑"]),
        ({"until": date(2026, 7, 1)}, ["우물가"]),
        ({"person_id": 8}, ["밤나무밑"]),
        ({"verb": "clear"}, ["빈터"]),
        ({"word": "추첨"}, ["밤나무밑"]),
        ({"word": "우물"}, ["우물가"]),
        ({"word": "없는 말"}, []),
        ({"tables": ("people_person",), "since": date(2026, 7, 2)}, []),
        ({"verb": "direct"}, [""]),
    ],
)
def test_acts_are_filtered(garden, asked, expected):
    assert titles(**asked) == expected


def test_the_days_of_the_filter_are_days_in_seoul(plots, in_a):
    late = AT.replace(hour=15)
    with actions.act("lease", actor=OFFICER, at=late) as act:
        act.about(plots.objects.create(title="자정"))

    assert titles(until=date(2026, 7, 1)) == []
    assert titles(since=date(2026, 7, 2), until=date(2026, 7, 2)) == ["자정"]


def test_pages_follow_each_other_without_gap_or_repeat(plots, in_a):
    for number in range(7):
        with actions.act("lease", actor=OFFICER, at=AT) as act:
            act.about(plots.objects.create(title=str(number)))
    asked = ActFilter(verb="lease")

    pages, key = [], ""
    while page := queries.acts(asked, window=Window("-at", after=key, limit=3)):
        pages.append([row.subject[-1] for row in page])
        key = page[-1].uid

    assert pages == [["6", "5", "4"], ["3", "2", "1"], ["0"]]


def test_the_list_costs_one_query_for_any_number_of_rows(garden):
    with CaptureQueriesContext(
        connection,
    ) as one:
        queries.acts(window=Window("-at", limit=1))
    with CaptureQueriesContext(connection) as many:
        found = queries.acts()

    assert len(found) > 3
    assert (len(one), len(many)) == (1, 1)


def test_an_act_is_shown_with_its_changes_in_order(plots, in_a, settle):
    with actions.act("lease", actor=OFFICER, at=AT, reason="추첨") as act:
        plot = plots.objects.create(title="가", tenant_name="홍길동")
        act.about(plot)
        plots.objects.filter(pk=plot.pk).update(title="나", tenant_name="성춘향")
    settle()

    found = queries.act(act.uid)

    assert (found.verb_label, found.actor_name, found.reason, found.change_count) == (
        "lease",
        "김주무",
        "추첨",
        2,
    )
    assert [change.operation for change in found.changes] == [Operation.INSERT, Operation.UPDATE]
    assert found.changes[1].columns[-1] == ChangedColumn("title", "title", "가", "나")
    assert found.seq == len(queries.acts(window=Window("-at", limit=1000)))


def test_changes_of_a_large_act_come_in_pages(plots, in_a):
    with actions.act("lease", actor=OFFICER, at=AT) as act:
        plots.objects.bulk_create([plots(title=str(number)) for number in range(5)])

    first = queries.act(act.uid, limit=3)
    second = queries.act(act.uid, after=first.changes[-1].id, limit=3)

    assert [len(first.changes), len(second.changes)] == [3, 2]


def test_an_unknown_act_is_none(in_a):
    assert queries.act("0000000000") is None


def test_the_act_of_another_municipality_is_none(plots, tenant_a, tenant_b):
    with tenant(tenant_a.pk), actions.act("lease", actor=OFFICER, at=AT) as act:
        pass

    with tenant(tenant_b.pk):
        assert queries.act(act.uid) is None


def test_the_history_of_a_thing_joins_its_rows(plots, in_a):
    with actions.act("lease", actor=OFFICER, at=AT):
        one = plots.objects.create(title="하나")
        two = plots.objects.create(title="둘")
        plots.objects.create(title="남")
    plots.objects.filter(pk=one.pk).update(title="하나 고침")

    found = queries.history(("scratch_plot", one.pk), ("scratch_plot", two.pk))

    assert [(row.verb, row.changes[0].row_id, row.changes[0].operation) for row in found] == [
        ("direct", one.pk, "update"),
        ("lease", two.pk, "insert"),
        ("lease", one.pk, "insert"),
    ]


def test_the_history_pages_by_change(plots, in_a):
    plot = plots.objects.create(title="0")
    for number in range(1, 5):
        plots.objects.filter(pk=plot.pk).update(title=str(number))
    row = ("scratch_plot", plot.pk)

    first = queries.history(row, limit=2)
    second = queries.history(row, before=first[-1].changes[0].id, limit=9)

    shown = [row.changes[0].columns[-1].after for row in (*first, *second)]
    assert shown[:4] == ["4", "3", "2", "1"]
    assert len(shown) == 5


def test_nothing_has_no_history(in_a):
    assert queries.history() == []


def test_columns_have_the_names_and_values_of_the_screens(in_a):
    person = seed.person_of(Role.OFFICER)
    with actions.act("grant", actor=OFFICER, at=AT) as act:
        given = Grant.objects.create(
            person=person, role=Role.LEGAL, reason="겸임", granted_at=AT, granted_by="서관리"
        )

    [change] = queries.act(act.uid).changes

    assert (change.table_label, change.row_id) == ("역할 부여", given.pk)
    assert {(column.label, column.before, column.after) for column in change.columns} == {
        ("사람", "", "(이어진 행)"),
        ("역할", "", Role.LEGAL.label),
        ("부여 사유", "", "겸임"),
        ("부여한 때", "", "2026. 7. 1.(수) 12:00"),
        ("부여한 사람", "", "서관리"),
    }


def test_personal_columns_show_only_that_they_changed(in_a):
    person = seed.person_of(Role.OFFICER)
    with actions.act("change_contact", actor=OFFICER, at=AT) as act:
        person.phone = "055-940-1111"
        person.save(update_fields=["phone"])

    [change] = queries.act(act.uid).changes

    assert change.columns == (
        ChangedColumn("phone", "전화", PERSONAL, PERSONAL, is_personal=True, is_changed=True),
    )


def test_lists_choices_and_flags_read_as_words(in_a):
    with actions.act("change_settings", actor=OFFICER, at=AT) as act:
        Settings.objects.all().delete()
        Settings.objects.create(words={"mayor": "군수"})

    found = {column.name: column.after for column in queries.act(act.uid).changes[-1].columns}

    assert found["has_resident_signup"] == "아니요"
    assert found["mfa_roles"] == "administrator, auditor"
    assert found["words"] == '{"mayor": "군수"}'


@pytest.mark.parametrize(
    ("table", "name", "value", "shown"),
    [
        ("people_grant", "granted_at", "언젠가", "언젠가"),
        ("people_grant", "gone_column", 5, "5"),
        ("gone_table", "title", True, "예"),
        ("access_accessreview", "month", "2026-07", "2026-07"),
        ("people_grant", "role", "gone_role", "gone_role"),
    ],
)
def test_what_the_product_no_longer_knows_reads_as_it_stands(table, name, value, shown):
    [column] = columns.read(table, None, {name: value})

    assert column.after == shown


def test_tables_and_verbs_are_offered_by_name():
    tables = queries.table_choices()

    assert ("people_person", "사람") in tables
    assert [label for _, label in tables] == sorted(label for _, label in tables)
    assert ("direct", "직접 변경") in queries.verb_choices()


def test_a_registered_verb_reads_in_korean(in_a):
    verbs.register({"scratch_lease": "텃밭 임대"})
    with actions.act("scratch_lease", actor=OFFICER, at=AT) as act:
        pass

    assert queries.act(act.uid).verb_label == "텃밭 임대"


def test_one_verb_never_has_two_meanings():
    verbs.register({"scratch_lease": "텃밭 임대"})

    with pytest.raises(ValueError, match="텃밭 임대"):
        verbs.register({"scratch_lease": "다른 뜻"})


def test_a_filter_of_nothing_finds_everything(garden):
    assert queries.acts(replace(ActFilter(), word="")) == queries.acts()


def test_the_product_sees_the_head_of_its_own_municipality_only(in_a):
    [head] = queries.heads()

    assert head.tenant_id == in_a.pk
    assert len(head.hash) == 64
