"""Tables of files."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from mokmin.foundation.files.states import Fault
from mokmin.foundation.records.models import Record
from mokmin.foundation.tenancy.fields import TenantForeignKey
from mokmin.foundation.tenancy.models import TenantModel, Trailed
from mokmin.lib.uid import new_uid

UID_FORM = r"^[0-9a-hjkmnp-tv-z]{10}$"
SHA256_FORM = r"^[0-9a-f]{64}$"


class Blob(TenantModel):
    """A content that lies on disk under its hash; how many files have it does not matter to it."""

    trailed: ClassVar[Trailed | None] = Trailed(silent=("unreferenced_at",))

    sha256 = models.CharField("내용의 해시", max_length=64)
    size = models.BigIntegerField("크기")
    media = models.CharField("종류", max_length=20)
    stored_at = models.DateTimeField("보관한 때")
    unreferenced_at = models.DateTimeField("쓰는 곳이 없어진 때", null=True)

    class Meta:
        verbose_name = "파일 내용"
        constraints = (
            models.UniqueConstraint(name="files_blob_sha256", fields=("tenant", "sha256")),
            models.CheckConstraint(
                name="files_blob_sha256_form", condition=Q(sha256__regex=SHA256_FORM)
            ),
            models.CheckConstraint(name="files_blob_size", condition=Q(size__gte=0)),
            models.CheckConstraint(name="files_blob_has_media", condition=~Q(media="")),
        )

    def __str__(self) -> str:
        return self.sha256


class StoredFile(TenantModel):
    """A file with a name: attached to a record, or made for one person until a day.

    A name may be that of a citizen, so the trail keeps it as a hash only. `subjects` are uids of
    the people whose data it holds: its download is noted in the access log as `page`.
    """

    trailed: ClassVar[Trailed | None] = Trailed(personal=("name",))

    uid = models.CharField("주소 번호", max_length=10, default=new_uid, editable=False)
    blob = TenantForeignKey(Blob, verbose_name="내용", related_name="files")
    name = models.CharField("이름", max_length=200)
    record = TenantForeignKey(Record, verbose_name="기록", null=True, related_name="files")
    # By its name: people and files stand on one floor and do not import each other.
    person = TenantForeignKey("people.Person", verbose_name="받을 사람", null=True)
    kept_until = models.DateTimeField("보관 기한", null=True)
    stored_at = models.DateTimeField("올린 때")
    stored_by = models.CharField("올린 사람", max_length=60)
    stored_by_id = models.BigIntegerField("올린 사람 번호", null=True)
    page = models.CharField("접속기록의 화면", max_length=100, blank=True)
    reason = models.CharField("내려받는 사유", max_length=300, blank=True)
    subjects = models.JSONField("정보주체", default=list)

    class Meta:
        verbose_name = "파일"
        indexes = (
            models.Index(name="files_storedfile_of_record", fields=("tenant", "record", "id")),
            models.Index(name="files_storedfile_of_person", fields=("tenant", "person", "id")),
            models.Index(
                name="files_storedfile_kept_until",
                fields=("tenant", "kept_until"),
                condition=Q(kept_until__isnull=False),
            ),
        )
        constraints = (
            models.UniqueConstraint(name="files_storedfile_uid", fields=("tenant", "uid")),
            models.CheckConstraint(
                name="files_storedfile_uid_form", condition=Q(uid__regex=UID_FORM)
            ),
            models.CheckConstraint(name="files_storedfile_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="files_storedfile_of_record_or_person",
                condition=Q(record__isnull=False, person__isnull=True, kept_until__isnull=True)
                | Q(record__isnull=True, person__isnull=False, kept_until__isnull=False),
            ),
            models.CheckConstraint(
                name="files_storedfile_kept_a_while",
                condition=Q(kept_until__isnull=True) | Q(kept_until__gt=F("stored_at")),
            ),
            models.CheckConstraint(
                name="files_storedfile_subjects_have_page",
                condition=Q(subjects=[]) | ~Q(page=""),
            ),
        )

    def __str__(self) -> str:
        return self.name


class FileCheck(TenantModel):
    """One check of all files of the municipality: is each there, and what it was?

    `last_blob_id` is where the next stretch goes on, also after the worker was killed.
    """

    trailed: ClassVar[Trailed | None] = None

    uid = models.CharField("주소 번호", max_length=10, default=new_uid, editable=False)
    job_uid = models.CharField("작업 번호", max_length=64, blank=True)
    begun_at = models.DateTimeField("시작한 때")
    ended_at = models.DateTimeField("끝난 때", null=True)
    is_whole = models.BooleanField("끝까지 봄", default=False)
    last_blob_id = models.BigIntegerField("마지막으로 본 내용", default=0)
    blob_count = models.PositiveIntegerField("본 파일 내용", default=0)
    byte_count = models.BigIntegerField("본 크기", default=0)

    class Meta:
        verbose_name = "파일 무결성 점검"
        constraints = (
            models.UniqueConstraint(name="files_filecheck_uid", fields=("tenant", "uid")),
            models.UniqueConstraint(
                name="files_filecheck_one_at_a_time",
                fields=("tenant",),
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="files_filecheck_ends_after_begin",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("begun_at")),
            ),
            models.CheckConstraint(
                name="files_filecheck_whole_when_over",
                condition=Q(is_whole=False) | Q(ended_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.uid


class FileFault(TenantModel):
    """Something that a check found: a content that is missing or changed, or an unknown file.

    `place` is the hash of the content, of an unknown file its path in the municipality's folder.
    """

    trailed: ClassVar[Trailed | None] = None

    found_by = TenantForeignKey(FileCheck, verbose_name="점검", related_name="faults")
    fault = models.CharField("판정", max_length=10, choices=Fault.choices)
    place = models.CharField("자리", max_length=300)

    class Meta:
        verbose_name = "점검에서 찾은 이상"
        constraints = (
            models.UniqueConstraint(
                name="files_filefault_once", fields=("tenant", "found_by", "place")
            ),
            models.CheckConstraint(
                name="files_filefault_fault", condition=Q(fault__in=Fault.values)
            ),
            models.CheckConstraint(name="files_filefault_has_place", condition=~Q(place="")),
        )

    def __str__(self) -> str:
        return self.place
