"""Tables of the trail; database functions write them all except `Act`."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mokmin.foundation.tenancy.context import current_tenant_id
from mokmin.foundation.tenancy.fields import TenantForeignKey
from mokmin.foundation.tenancy.models import Tenant, TenantModel, Trailed
from mokmin.foundation.trail.states import Operation


class TrailModel(TenantModel):
    """Base of the trail's own tables, which are not trailed themselves.

    Their tenant has no key of its own: each row belongs to an `Act`, whose tenant has one.
    """

    trailed: ClassVar[Trailed | None] = None
    append_only: ClassVar[bool] = True

    tenant = models.ForeignKey(
        Tenant,
        verbose_name="자치단체",
        on_delete=models.PROTECT,
        related_name="+",
        default=current_tenant_id,
        editable=False,
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        abstract = True


class Act(TenantModel):
    """One thing done by one actor (행위); the row changes it caused point to it."""

    trailed: ClassVar[Trailed | None] = None
    append_only: ClassVar[bool] = True

    uid = models.CharField("고유 번호", max_length=10)
    verb = models.CharField("행위", max_length=60)
    actor_person_id = models.BigIntegerField("행위자 번호", null=True)
    actor_name = models.CharField("행위자", max_length=100)
    reason = models.TextField("사유", blank=True)
    request_id = models.CharField("요청 번호", max_length=64, blank=True)
    at = models.DateTimeField("때")
    subject_table = models.CharField("대상 표", max_length=63, blank=True)
    subject_id = models.BigIntegerField("대상 행", null=True)
    subject_uid = models.CharField("대상 고유 번호", max_length=40, blank=True)
    subject_title = models.CharField("대상", max_length=200, blank=True)
    db_user = models.CharField(
        "데이터베이스 계정",
        max_length=63,
        db_default=models.Func(function="SESSION_USER", template="%(function)s"),
    )

    class Meta:
        verbose_name = "행위"
        constraints = (
            models.UniqueConstraint(name="trail_act_uid", fields=("tenant", "uid")),
            models.CheckConstraint(name="trail_act_has_verb", condition=~Q(verb="")),
            models.CheckConstraint(name="trail_act_has_actor", condition=~Q(actor_name="")),
            models.CheckConstraint(
                name="trail_act_subject_whole",
                condition=Q(subject_table="", subject_id__isnull=True)
                | (~Q(subject_table="") & Q(subject_id__isnull=False)),
            ),
        )
        indexes = (models.Index(name="trail_act_newest", fields=("tenant", "at", "id")),)

    def __str__(self) -> str:
        return f"{self.uid} {self.verb}"


class Change(TrailModel):
    """One changed row (변경): whole on insert and delete, only the changed columns on update.

    No check constraints here: one function is the only writer, the hash covers every column, and
    checks would cost a fifth of each change.
    """

    act = TenantForeignKey(Act, verbose_name="행위", db_index=False)
    table_name = models.CharField("표", max_length=63)
    row_id = models.BigIntegerField("행")
    operation = models.CharField("동작", max_length=6, choices=Operation.choices)
    before = models.JSONField("전", null=True)
    after = models.JSONField("후", null=True)
    at = models.DateTimeField("때")
    hash = models.BinaryField("해시")

    class Meta:
        verbose_name = "변경"
        indexes = (
            models.Index(name="trail_change_of_act", fields=("tenant", "act", "id")),
            models.Index(
                name="trail_change_of_row", fields=("tenant", "table_name", "row_id", "id")
            ),
        )

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id} {self.operation}"


class Seal(TrailModel):
    """What an act and its changes were when their transaction ended (봉인).

    Made before the chain is touched, so that the head is held for one short step only. It has the
    number of its act, and no key to it: the verifier proves more than a key would.
    """

    id = models.BigIntegerField("행위", primary_key=True)
    act_hash = models.BinaryField("행위의 해시")
    change_ids = ArrayField(models.BigIntegerField(), verbose_name="변경 번호")
    hash = models.BinaryField("해시")

    class Meta:
        verbose_name = "봉인"

    def __str__(self) -> str:
        return bytes(self.hash).hex()


class Link(TrailModel):
    """A seal's place in the municipality's chain (연결), with the number of its act."""

    id = models.BigIntegerField("행위", primary_key=True)
    seq = models.BigIntegerField("연결 번호")
    prev = models.BinaryField("앞 해시")
    hash = models.BinaryField("해시")

    class Meta:
        verbose_name = "연결"
        constraints = (models.UniqueConstraint(name="trail_link_seq", fields=("tenant", "seq")),)

    def __str__(self) -> str:
        return str(self.seq)


class Head(TrailModel):
    """The last link of a municipality (머리); published, it proves everything before it."""

    seq = models.BigIntegerField("연결 번호")
    prev = models.BinaryField("앞 해시")
    hash = models.BinaryField("해시")

    class Meta:
        verbose_name = "머리"
        constraints = (models.UniqueConstraint(name="trail_head_tenant", fields=("tenant",)),)

    def __str__(self) -> str:
        return f"{self.seq} {bytes(self.hash).hex()}"


class Salt(TrailModel):
    """What personal values of one row are hashed with; gone with the purge (파기)."""

    table_name = models.CharField("표", max_length=63)
    row_id = models.BigIntegerField("행")
    salt = models.BinaryField("소금값")

    class Meta:
        verbose_name = "소금값"
        constraints = (
            models.UniqueConstraint(
                name="trail_salt_row", fields=("tenant", "table_name", "row_id")
            ),
        )

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id}"
