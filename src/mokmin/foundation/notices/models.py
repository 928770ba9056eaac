"""Tables of notices: the inbox, what went out by mail, and each person's choices."""

from typing import ClassVar

from django.db import models
from django.db.models import Case, F, Q, Value, When

from mokmin.foundation.notices import rules
from mokmin.foundation.people.models import Person
from mokmin.foundation.tenancy.fields import TenantForeignKey
from mokmin.foundation.tenancy.models import TenantModel, Trailed
from mokmin.lib.uid import new_uid

UNREAD = Case(
    When(read_at__isnull=True, then=Value(1)),
    default=Value(0),
    output_field=models.SmallIntegerField(),
)
"""1 while a notice waits to be read: what comes first in the inbox."""


class Notice(TenantModel):
    """Something that one person should know (알림), until it is past its time.

    Not trailed: it repeats what the trail has already, once for everybody who is told.
    """

    trailed: ClassVar[Trailed | None] = None

    uid = models.CharField("주소 번호", max_length=10, default=new_uid, editable=False)
    person = TenantForeignKey(Person, verbose_name="받는 사람", related_name="notices")
    kind = models.CharField("종류", max_length=40)
    title = models.CharField("제목", max_length=rules.TITLE_LENGTH)
    body = models.TextField("내용", blank=True)
    about = models.CharField("대상 고유 번호", max_length=rules.ABOUT_LENGTH, blank=True)
    at = models.DateTimeField("알린 때")
    read_at = models.DateTimeField("읽은 때", null=True)
    told_at = models.DateTimeField("메일로 알린 때", null=True)

    class Meta:
        verbose_name = "알림"
        indexes = (
            models.Index(
                F("tenant"),
                F("person"),
                UNREAD,
                F("at"),
                F("id"),
                name="notices_notice_unread_first",
            ),
            models.Index(name="notices_notice_newest", fields=("tenant", "person", "at", "id")),
            models.Index(
                name="notices_notice_unread",
                fields=("tenant", "person"),
                condition=Q(read_at__isnull=True),
            ),
            models.Index(name="notices_notice_by_age", fields=("tenant", "at")),
        )
        constraints = (
            models.UniqueConstraint(name="notices_notice_uid", fields=("tenant", "uid")),
            models.CheckConstraint(name="notices_notice_has_title", condition=~Q(title="")),
            models.CheckConstraint(name="notices_notice_has_kind", condition=~Q(kind="")),
        )

    def __str__(self) -> str:
        return self.title


class NoticeChoice(TenantModel):
    """How a person wants to be told (알림 설정); whoever has chosen nothing gets the letter."""

    trailed: ClassVar[Trailed | None] = None

    person = TenantForeignKey(Person, verbose_name="사람", related_name="notice_choices")
    has_digest = models.BooleanField("하루 한 번 메일 받기", default=True)

    class Meta:
        verbose_name = "알림 설정"
        constraints = (
            models.UniqueConstraint(name="notices_noticechoice_one", fields=("tenant", "person")),
        )

    def __str__(self) -> str:
        return "알림 설정"


class Digest(TenantModel):
    """The letter of one day to one person (알림 메일): taken on before it goes, so never twice."""

    trailed: ClassVar[Trailed | None] = None

    person = TenantForeignKey(Person, verbose_name="받는 사람", related_name="digests")
    on = models.DateField("날짜")
    until_at = models.DateTimeField("담은 마지막 때")
    notice_count = models.PositiveIntegerField("알림 수")
    begun_at = models.DateTimeField("보내기 시작한 때")
    sent_at = models.DateTimeField("보낸 때", null=True)

    class Meta:
        verbose_name = "알림 메일"
        constraints = (
            models.UniqueConstraint(
                name="notices_digest_one_a_day", fields=("tenant", "person", "on")
            ),
            models.CheckConstraint(
                name="notices_digest_of_something", condition=Q(notice_count__gt=0)
            ),
            models.CheckConstraint(
                name="notices_digest_sent_after_begun",
                condition=Q(sent_at__isnull=True) | Q(sent_at__gte=F("begun_at")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.on} 알림 메일"


class CalendarFeed(TenantModel):
    """The secret address under which a person's own calendar is read (달력 구독); only its hash."""

    trailed: ClassVar[Trailed | None] = Trailed(personal=("token_hash",))

    person = TenantForeignKey(Person, verbose_name="사람", related_name="feeds")
    token_hash = models.CharField("구독 주소의 해시", max_length=64)
    made_at = models.DateTimeField("만든 때")

    class Meta:
        verbose_name = "달력 구독"
        constraints = (
            models.UniqueConstraint(name="notices_calendarfeed_one", fields=("tenant", "person")),
            models.UniqueConstraint(
                name="notices_calendarfeed_token", fields=("tenant", "token_hash")
            ),
            models.CheckConstraint(
                name="notices_calendarfeed_hash_form",
                condition=Q(token_hash__regex=r"^[0-9a-f]{64}$"),
            ),
        )

    def __str__(self) -> str:
        return "달력 구독"
