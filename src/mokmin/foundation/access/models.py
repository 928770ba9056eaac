"""Tables of access: the municipality's choices, and the log of who saw personal data."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mokmin.foundation.access import rules
from mokmin.foundation.access.states import Handling, Role
from mokmin.foundation.tenancy.models import TenantModel, Trailed


def roles_with_second_factor() -> list[str]:
    """Roles that start with a second factor: those that see or change other people's data."""
    return [Role.ADMINISTRATOR, Role.AUDITOR]


class Settings(TenantModel):
    """What a municipality has chosen for itself (기관 설정)."""

    mfa_roles = ArrayField(
        models.CharField(max_length=20),
        verbose_name="2단계 인증이 필요한 역할",
        default=roles_with_second_factor,
        blank=True,
    )
    session_minutes = models.PositiveSmallIntegerField("자동 로그아웃 시간(분)", default=30)
    has_resident_signup = models.BooleanField("주민 가입 허용", default=False)
    access_log_days = models.PositiveSmallIntegerField(
        "접속기록 보관 기간(일)", default=rules.ACCESS_LOG_USUAL_DAYS
    )
    notice_days = models.PositiveSmallIntegerField(
        "알림 보관 기간(일)", default=rules.NOTICE_USUAL_DAYS
    )
    draft_days = models.PositiveSmallIntegerField(
        "작성 중인 글 보관 기간(일)", default=rules.DRAFT_USUAL_DAYS
    )
    export_days = models.PositiveSmallIntegerField(
        "내려받기 파일 보관 기간(일)", default=rules.EXPORT_USUAL_DAYS
    )
    hand_over_days = models.PositiveSmallIntegerField(
        "인계인수 확인 기한(근무일)", default=rules.HAND_OVER_USUAL_DAYS
    )
    has_government_banner = models.BooleanField("공식 누리집 안내띠 표시", default=False)
    contact_unit = models.CharField("담당부서", max_length=60, blank=True)
    contact_phone = models.CharField("문의 전화", max_length=20, blank=True)
    words = models.JSONField("기관 어휘", default=dict, blank=True)

    class Meta:
        verbose_name = "기관 설정"
        constraints = (
            models.UniqueConstraint(name="access_settings_one_per_tenant", fields=("tenant",)),
            *(
                models.CheckConstraint(
                    name=f"access_settings_{field}", condition=Q(**{f"{field}__range": within})
                )
                for field, within in rules.LIMITS.items()
            ),
            models.CheckConstraint(
                name="access_settings_mfa_roles",
                condition=Q(mfa_roles__contained_by=Role.values),
            ),
        )

    def __str__(self) -> str:
        return "기관 설정"


class AccessEntry(TenantModel):
    """One handling of personal data (접속기록): who, when, from where, whose, what was done."""

    trailed: ClassVar[Trailed | None] = None
    append_only: ClassVar[bool] = True

    at = models.DateTimeField("접속일시")
    day = models.DateField("접속일")
    identifier = models.CharField("식별자", max_length=254, blank=True)
    person_uid = models.CharField("처리자", max_length=10, blank=True)
    name = models.CharField("처리자 이름", max_length=60, blank=True)
    address = models.GenericIPAddressField("접속지", null=True)
    handling = models.CharField("수행업무", max_length=20, choices=Handling.choices)
    page = models.CharField("화면", max_length=200)
    subject_uids = ArrayField(
        models.CharField(max_length=10), verbose_name="처리한 정보주체", default=list
    )
    subject_count = models.PositiveIntegerField("정보주체 수", default=0)
    reason = models.CharField("사유", max_length=300, blank=True)
    request_id = models.CharField("요청 번호", max_length=32, blank=True)

    class Meta:
        verbose_name = "개인정보 접속기록"
        indexes = (
            models.Index(name="access_entry_newest", fields=("tenant", "id")),
            models.Index(name="access_entry_day", fields=("tenant", "day", "id")),
            models.Index(name="access_entry_person", fields=("tenant", "person_uid", "id")),
        )
        constraints = (
            models.CheckConstraint(
                name="access_accessentry_handling", condition=Q(handling__in=Handling.values)
            ),
            models.CheckConstraint(
                name="access_accessentry_download_has_reason",
                condition=~Q(handling=Handling.DOWNLOAD) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="access_accessentry_subjects_counted",
                condition=Q(
                    subject_count=models.Func(
                        "subject_uids",
                        function="cardinality",
                        output_field=models.IntegerField(),
                    )
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.get_handling_display()} {self.page}"


class AccessSeal(TenantModel):
    """A day of the access log, closed and chained: its digest follows from every entry.

    Trailed: the chain alone would not tell that its last seals were taken off and made again.
    """

    append_only: ClassVar[bool] = True

    day = models.DateField("접속일")
    format = models.PositiveSmallIntegerField("요약 방식", default=rules.SEAL_FORMAT)
    entry_count = models.PositiveIntegerField("건수")
    digest = models.BinaryField("하루 요약값", max_length=32)
    hash = models.BinaryField("사슬 값", max_length=32)
    sealed_at = models.DateTimeField("봉인한 때")

    class Meta:
        verbose_name = "접속기록 일일 봉인"
        constraints = (
            models.UniqueConstraint(name="access_accessseal_day", fields=("tenant", "day")),
        )

    def __str__(self) -> str:
        return f"{self.day} 봉인"


class AccessPurge(TenantModel):
    """Entries past their time were deleted (접속기록 파기), so that their seals stand alone."""

    append_only: ClassVar[bool] = True

    before = models.DateField("파기 기준일")
    entry_count = models.PositiveIntegerField("파기한 건수")
    purged_at = models.DateTimeField("파기한 때")

    class Meta:
        verbose_name = "접속기록 파기"
        constraints = (
            models.CheckConstraint(
                name="access_accesspurge_of_something", condition=Q(entry_count__gt=0)
            ),
        )

    def __str__(self) -> str:
        return f"{self.before} 이전 접속기록 파기"


class AccessReview(TenantModel):
    """A monthly check of the access log (접속기록 월 점검), and what it found."""

    append_only: ClassVar[bool] = True

    month = models.CharField("점검 월", max_length=7)
    entry_count = models.PositiveIntegerField("점검한 건수")
    is_chain_sound = models.BooleanField("봉인 검증 결과")
    finding = models.TextField("점검 결과", max_length=2000)
    reviewer_name = models.CharField("점검자", max_length=60)
    reviewed_at = models.DateTimeField("점검한 때")

    class Meta:
        verbose_name = "접속기록 월 점검"
        constraints = (
            models.CheckConstraint(
                name="access_accessreview_month",
                condition=Q(month__regex=r"^[0-9]{4}-(0[1-9]|1[0-2])$"),
            ),
            models.CheckConstraint(
                name="access_accessreview_says_something", condition=~Q(finding="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.month} 접속기록 점검"
