"""Tables of people."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from mokmin.foundation.access.states import Role
from mokmin.foundation.tenancy.fields import TenantForeignKey
from mokmin.foundation.tenancy.models import Tenant, TenantModel, Trailed
from mokmin.lib.uid import new_uid


class Account(AbstractBaseUser):
    """What a human signs in with: an e-mail address and a password, on the whole platform.

    It is never switched off as a whole (`is_active` is Django's constant): persons are closed.
    `home_tenant` is the municipality where its owner first came in; only that one may reset its
    second factor.
    """

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    email = models.EmailField("전자우편", max_length=254, unique=True)
    home_tenant = models.ForeignKey(
        Tenant,
        verbose_name="처음 들어온 자치단체",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
    )

    objects: ClassVar[BaseUserManager["Account"]] = BaseUserManager()  # type: ignore[assignment]  # the stubs keep the manager of the base class

    class Meta:
        verbose_name = "계정"
        constraints = (
            models.CheckConstraint(
                name="people_account_email_lower_case", condition=Q(email=Lower("email"))
            ),
        )

    def __str__(self) -> str:
        return self.email


class Person(TenantModel):
    """A person in one municipality, with or without an account."""

    trailed: ClassVar[Trailed | None] = Trailed(personal=("name", "email", "phone"))

    uid = models.CharField("주소 번호", max_length=10, default=new_uid, editable=False)
    account = models.ForeignKey(
        Account, verbose_name="계정", on_delete=models.PROTECT, related_name="+", null=True
    )
    name = models.CharField("이름", max_length=60)
    email = models.EmailField("전자우편", max_length=254, blank=True)
    phone = models.CharField("전화", max_length=20, blank=True)
    joined_at = models.DateTimeField("등록한 때")
    closed_at = models.DateTimeField("닫은 때", null=True)

    class Meta:
        verbose_name = "사람"
        indexes = (
            models.Index(name="people_person_by_name", fields=("tenant", "name", "id")),
            models.Index(name="people_person_by_email", fields=("tenant", "email", "id")),
            models.Index(name="people_person_by_joining", fields=("tenant", "joined_at", "id")),
        )
        constraints = (
            models.UniqueConstraint(name="people_person_uid", fields=("tenant", "uid")),
            models.UniqueConstraint(
                name="people_person_account",
                fields=("tenant", "account"),
                condition=Q(account__isnull=False),
            ),
            models.CheckConstraint(
                name="people_person_uid_form", condition=Q(uid__regex=r"^[0-9a-hjkmnp-tv-z]{10}$")
            ),
            models.CheckConstraint(name="people_person_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="people_person_closed_after_joined",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=models.F("joined_at")),
            ),
        )

    def __str__(self) -> str:
        return self.uid


class Grant(TenantModel):
    """A role given to a person until it is taken back (권한 부여·변경·말소 내역)."""

    trailed: ClassVar[Trailed | None] = Trailed(twin=True)

    person = TenantForeignKey(Person, verbose_name="사람", related_name="grants")
    role = models.CharField("역할", max_length=20, choices=Role.choices)
    reason = models.CharField("부여 사유", max_length=300, blank=True)
    granted_at = models.DateTimeField("부여한 때")
    granted_by = models.CharField("부여한 사람", max_length=60)
    revoked_at = models.DateTimeField("말소한 때", null=True)
    revoked_by = models.CharField("말소한 사람", max_length=60, blank=True)
    revoked_reason = models.CharField("말소 사유", max_length=300, blank=True)

    class Meta:
        verbose_name = "역할 부여"
        constraints = (
            models.UniqueConstraint(
                name="people_grant_once",
                fields=("tenant", "person", "role"),
                condition=Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(name="people_grant_role", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="people_grant_granted_by_someone", condition=~Q(granted_by="")
            ),
            models.CheckConstraint(
                name="people_grant_revoked_after_granted",
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=models.F("granted_at")),
            ),
            models.CheckConstraint(
                name="people_grant_revoked_by_someone",
                condition=Q(revoked_at__isnull=True, revoked_by="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
            ),
        )

    def __str__(self) -> str:
        return self.get_role_display()


class Draft(TenantModel):
    """What a person has begun to write into a form and not yet sent (작성 중)."""

    trailed: ClassVar[Trailed | None] = None

    person = TenantForeignKey(Person, verbose_name="사람", related_name="drafts")
    form = models.CharField("양식", max_length=200)
    """Which form about which thing: the path of its page."""
    values = models.JSONField("적은 내용")
    kept_at = models.DateTimeField("보관한 때")

    class Meta:
        verbose_name = "작성 중인 글"
        constraints = (
            models.UniqueConstraint(name="people_draft_one", fields=("tenant", "person", "form")),
        )

    def __str__(self) -> str:
        return self.form


class SavedView(TenantModel):
    """A list as a person wants to see it again (저장한 보기): its filters, order and columns."""

    trailed: ClassVar[Trailed | None] = None

    person = TenantForeignKey(Person, verbose_name="사람", related_name="saved_views")
    page = models.CharField("목록", max_length=100)
    """Name of the list's route."""
    name = models.CharField("이름", max_length=60)
    asked = models.CharField("조건", max_length=2000, blank=True)
    """The query string."""
    is_first = models.BooleanField("처음에 열기", default=False)

    class Meta:
        verbose_name = "저장한 보기"
        constraints = (
            models.UniqueConstraint(
                name="people_savedview_name", fields=("tenant", "person", "page", "name")
            ),
            models.UniqueConstraint(
                name="people_savedview_one_first",
                fields=("tenant", "person", "page"),
                condition=Q(is_first=True),
            ),
            models.CheckConstraint(name="people_savedview_has_name", condition=~Q(name="")),
        )

    def __str__(self) -> str:
        return self.name
