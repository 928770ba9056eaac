"""Files come to records and to persons, and go again."""

import errno
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction

from mokmin.foundation.access.actions import change_settings
from mokmin.foundation.access.actor import SYSTEM, VISITOR
from mokmin.foundation.access.states import STAFF, Role
from mokmin.foundation.files import actions, kinds, queries
from mokmin.foundation.files.actions import PersonalContent, Upload
from mokmin.foundation.files.kinds import FileRule
from mokmin.foundation.files.models import Blob, StoredFile
from mokmin.foundation.records import actions as records
from mokmin.foundation.records.states import Visibility
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.keyset import Window
from mokmin.foundation.trail.models import Act, Change
from mokmin.lib.errors import Denied, Invalid
from tests import seed
from tests.documents import makers
from tests.foundation.files.conftest import AT, text


def attach(record, actor, *uploads):
    return actions.attach_all(record, uploads or [text()], actor=actor, at=AT)


def mine(actor, at=AT):
    return queries.mine(actor, at=at, window=Window("-stored"))


def test_a_file_is_kept_with_its_name_its_kind_and_its_content(record, officer, store):
    brought = makers.xlsx(["가"])

    (made,) = attach(record, officer, Upload("현황.xlsx", brought))

    row = queries.file(made.uid, officer)
    with queries.opened(row) as file:
        content = file.read()
    assert content == brought.getvalue()
    assert (row.name, row.blob.media, row.blob.size) == ("현황.xlsx", "xlsx", len(content))
    assert [kept.sha256 for kept in store.all()] == [row.blob.sha256]


def test_the_record_lists_its_files(record, officer):
    attach(record, officer, text(name="가.txt"), text("둘", name="나.txt"))

    found = queries.of_record(record, officer)

    assert [(row.name, row.media_label, row.size_text, row.stored_by) for row in found] == [
        ("가.txt", "텍스트(TXT·CSV)", "9바이트", officer.name),
        ("나.txt", "텍스트(TXT·CSV)", "3바이트", officer.name),
    ]


def test_one_act_names_the_record_and_keeps_the_name_of_the_file_as_a_hash(record, officer):
    attach(record, officer, text(name="홍길동 이력서.txt"))

    act = Act.objects.get(verb="attach_file")
    after = Change.objects.get(act=act, table_name="files_storedfile").after
    assert (act.subject_title, act.actor_name) == ("세부실천계획", officer.name)
    assert "홍길동" not in str(after)


def test_the_same_content_is_kept_once_for_as_many_files_as_have_it(record, officer, store):
    first, second = attach(record, officer, text(name="가.txt"), text(name="나.txt"))

    assert first.blob_id == second.blob_id
    assert (Blob.objects.count(), len(list(store.all()))) == (1, 1)


def test_new_contents_get_their_rows_in_one_order_whoever_brings_them_how(record, officer):
    brought = [text(str(number), name=f"{number}.txt") for number in range(8)]

    made = attach(record, officer, *brought)

    assert [each.name for each in made] == [upload.name for upload in brought]
    rows = list(Blob.objects.order_by("id").values_list("sha256", flat=True))
    assert rows == sorted(rows)


def test_each_municipality_keeps_its_own(record, officer, folder, tenant_b):
    attach(record, officer)
    with tenant(tenant_b.pk):
        actions.keep_for(seed.person_of(Role.OFFICER).pk, text(), actor=SYSTEM, at=AT)

    found = {int(path.name): len(list(path.rglob("*/*/*"))) for path in folder.iterdir()}
    assert found == {record.tenant_id: 1, tenant_b.pk: 1}


def test_every_file_that_is_wrong_is_told_at_once_and_none_is_kept(record, officer, store):
    with pytest.raises(Invalid) as caught:
        attach(
            record,
            officer,
            text(name="좋은 것.txt"),
            text("", name="빈 것.txt"),
            Upload("가짜.pdf", BytesIO(b"\x89PNG\r\n\x1a\n")),
        )

    assert caught.value.problems == {
        "file": "빈 것.txt: 빈 파일입니다. 내용이 있는 파일을 골라 주세요. 가짜.pdf: 이름은 .pdf로 "
        "끝나지만 내용은 그림(PNG)입니다. 이름이나 내용을 바로잡아 올려 주세요. "
        "함께 고른 다른 파일도 올리지 않았습니다."
    }
    assert (StoredFile.objects.count(), list(store.all())) == (0, [])


@pytest.mark.parametrize("count", [0, 51])
def test_none_or_too_many_files_are_refused(record, officer, count):
    with pytest.raises(Invalid) as caught:
        actions.attach_all(record, [text()] * count, actor=officer, at=AT)

    assert set(caught.value.problems) == {"file"}


def test_what_arrived_cut_short_counts_with_its_whole_size(record, officer, settings):
    settings.MOKMIN_FILE_BYTES = 1_000

    with pytest.raises(Invalid) as caught:
        attach(record, officer, Upload("큰 것.txt", BytesIO(b"x"), size=5_000_000))

    assert caught.value.problems == {"file": "큰 것.txt: 0MB까지 올릴 수 있습니다(이 파일은 5MB)."}


def test_an_installation_may_take_fewer_kinds(record, officer, settings):
    settings.MOKMIN_FILE_TYPES = ("pdf",)

    with pytest.raises(Invalid):
        attach(record, officer)

    assert queries.allowed_suffixes() == (".pdf",)


def test_a_full_disk_is_told(record, officer, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("mokmin.lib.blobs.os.fsync", full)

    with pytest.raises(Denied) as caught:
        attach(record, officer)

    assert caught.value.reason == actions.NO_ROOM


def test_only_those_who_may_attach_do(record, actor, officer):
    with pytest.raises(Denied) as by_rule:
        attach(record, actor(Role.AUDITOR))
    with pytest.raises(Denied) as unseen:
        attach(record, VISITOR)
    with pytest.raises(Denied) as undeclared:
        attach(records.register("other", "다른 것"), officer)

    assert [caught.value.reason for caught in (by_rule, unseen, undeclared)] == [
        "감사 담당자는 붙일 수 없습니다.",
        "볼 수 없는 기록입니다.",
        "이 화면에는 파일을 붙일 수 없습니다.",
    ]


def test_a_file_is_seen_by_whom_its_record_is_seen(record, officer, actor):
    (made,) = attach(record, officer)
    records.change(record, title=record.title, visibility=Visibility.RESTRICTED)

    seen = {role for role in Role if queries.file(made.uid, actor(role)) is not None}

    assert seen == {Role.AUDITOR}


def test_a_room_may_show_all_files_of_a_kind_whatever_the_record_is(record, officer, actor):
    kinds.declare("paper", FileRule(lambda _actor, _id: None, is_open_to=lambda a: a.is_staff))
    records.change(record, title=record.title, visibility=Visibility.RESTRICTED)
    (made,) = attach(record, officer)

    seen = {role for role in Role if queries.file(made.uid, actor(role)) is not None}

    assert seen == set(STAFF)
    assert queries.record(record.uid, actor(Role.ADMINISTRATOR)) == record
    assert queries.record(record.uid, actor(Role.RESIDENT)) is None


def test_a_file_made_for_somebody_is_theirs_alone_until_its_day(officer, actor):
    made = actions.keep_for(
        officer.person_id, text(), actor=SYSTEM, at=AT, kept_until=AT + timedelta(days=3)
    )

    seen = {role for role in Role if queries.file(made.uid, actor(role)) is not None}
    listed = [row.uid for row in mine(officer)]
    later = mine(officer, at=AT + timedelta(days=3))

    assert (seen, listed, later) == ({Role.OFFICER}, [made.uid], [])
    assert mine(VISITOR) == []


def test_a_file_made_for_somebody_lasts_a_week_unless_said_otherwise(officer, actor):
    first = actions.keep_for(officer.person_id, text(), actor=SYSTEM, at=AT)
    change_settings({"export_days": 2}, actor=actor(Role.ADMINISTRATOR), at=AT)

    second = actions.keep_for(officer.person_id, text(), actor=SYSTEM, at=AT)

    assert first.kept_until == AT + timedelta(days=7)
    assert second.kept_until == AT + timedelta(days=2)


def test_it_remembers_whose_data_it_holds(officer):
    personal = PersonalContent("직원 명단", ("aaaaaaaaaa",), "인사위원회 자료")

    made = actions.keep_for(officer.person_id, text(), actor=officer, at=AT, personal=personal)

    kept = queries.file(made.uid, officer)
    assert (kept.page, kept.subjects, kept.reason) == (
        "직원 명단", ["aaaaaaaaaa"], "인사위원회 자료"
    )  # fmt: skip


def test_a_file_is_taken_away_for_a_reason(record, officer):
    (made,) = attach(record, officer)

    with pytest.raises(Invalid) as caught:
        actions.remove(made, reason=" ", actor=officer, at=AT)
    actions.remove(made, reason="잘못 올림", actor=officer, at=AT)

    assert set(caught.value.problems) == {"reason"}
    assert queries.file(made.uid, officer) is None
    act = Act.objects.get(verb="remove_file")
    assert (act.reason, act.subject_title) == ("잘못 올림", "세부실천계획")


def test_taking_away_leaves_the_content_to_the_night(record, officer, store):
    (made,) = attach(record, officer)

    actions.remove(made, reason="잘못 올림", actor=officer, at=AT)

    assert (Blob.objects.count(), len(list(store.all()))) == (1, 1)


def test_who_may_take_away(record, officer, actor):
    (made,) = attach(record, officer)

    reasons = {role: queries.why_not_remove(made, actor(role)) for role in (
        Role.OFFICER, Role.ADMINISTRATOR, Role.COORDINATOR, Role.AUDITOR
    )}  # fmt: skip

    assert reasons == {
        Role.OFFICER: None,
        Role.ADMINISTRATOR: None,
        Role.COORDINATOR: "올린 사람과 관리자만 지울 수 있습니다.",
        Role.AUDITOR: "감사 담당자는 붙일 수 없습니다.",
    }


def test_nobody_takes_away_what_was_made_for_another(officer, actor):
    made = actions.keep_for(officer.person_id, text(), actor=SYSTEM, at=AT)

    actions.remove(made, reason="", actor=officer, at=AT)

    assert mine(officer) == []
    other = actions.keep_for(officer.person_id, text(), actor=SYSTEM, at=AT)
    with pytest.raises(Denied):
        actions.remove(other, reason="x", actor=actor(Role.COORDINATOR), at=AT)


def test_a_content_that_is_lost_is_told(record, officer, store):
    (made,) = attach(record, officer)
    store.remove(made.blob.sha256)

    with pytest.raises(Denied) as caught:
        queries.opened(made)

    assert caught.value.reason == queries.LOST


def test_a_lost_content_comes_back_with_the_next_upload(record, officer, store):
    (made,) = attach(record, officer)
    store.remove(made.blob.sha256)

    attach(record, officer)

    with queries.opened(made) as file:
        assert file.read() == "해솔군".encode()


def test_what_was_rolled_back_leaves_a_content_without_a_row(record, officer, store):
    with transaction.atomic():
        attach(record, officer)
        transaction.set_rollback(True)

    assert (StoredFile.objects.count(), Blob.objects.count()) == (0, 0)
    assert len(list(store.all())) == 1


def test_nothing_is_half_received_when_a_stream_breaks(record, officer, store):
    class Breaking(BytesIO):
        def read(self, *size):
            if self.tell() > 2_000_000:
                raise ConnectionResetError
            return super().read(*size)

    with pytest.raises(ConnectionResetError):
        attach(record, officer, Upload("a.txt", Breaking(b"x" * 3_000_000)))

    assert (list(store.all()), list((store.folder / "incoming").iterdir())) == ([], [])


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"kept_until": AT},
        {"person_id": None},
        {"subjects": ["aaaaaaaaaa"], "page": ""},
        {"uid": "짧음"},
    ],
)
def test_the_database_refuses_files_that_cannot_be(officer, wrong):
    made = actions.keep_for(officer.person_id, text(), actor=SYSTEM, at=AT)

    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=made.pk).update(**wrong)


@pytest.mark.parametrize("wrong", [{"sha256": "abc"}, {"size": -1}, {"media": ""}])
def test_the_database_refuses_contents_that_cannot_be(officer, wrong):
    made = actions.keep_for(officer.person_id, text(), actor=SYSTEM, at=AT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Blob.objects.filter(pk=made.blob_id).update(**wrong)
