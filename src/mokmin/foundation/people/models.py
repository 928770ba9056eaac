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

    # The stubs type a manager by the base class it was declared on.
    objects: ClassVar[BaseUserManager["Account"]] = BaseUserManager()  # type: ignore[assignment]

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
