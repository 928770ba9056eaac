"""Tables of records."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mokmin.foundation.records.states import Visibility
from mokmin.foundation.tenancy.fields import TenantForeignKey, TenantOneToOneField
from mokmin.foundation.tenancy.models import TenantModel, Trailed
from mokmin.lib.uid import new_uid


class Record(TenantModel):
    """One thing that can be linked, found, attached to, commented and opened by URL.

    `unit` is the record of the unit (부서) that it belongs to; units come on a floor above.
    """

    uid = models.CharField("주소 번호", max_length=10, default=new_uid, editable=False)
    kind = models.CharField("종류", max_length=40)
    title = models.CharField("제목", max_length=300)
    unit = TenantForeignKey("self", verbose_name="부서", null=True)
    visibility = models.CharField(
        "공개 범위", max_length=10, choices=Visibility.choices, default=Visibility.STAFF
    )

    class Meta:
        verbose_name = "기록"
        constraints = (
            models.UniqueConstraint(name="records_record_uid", fields=("tenant", "uid")),
            models.CheckConstraint(
                name="records_record_uid_form", condition=Q(uid__regex=r"^[0-9a-hjkmnp-tv-z]{10}$")
            ),
            models.CheckConstraint(name="records_record_has_kind", condition=~Q(kind="")),
            models.CheckConstraint(name="records_record_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="records_record_visibility", condition=Q(visibility__in=Visibility.values)
            ),
        )

    def __str__(self) -> str:
        return self.title


class RecordBigrams(TenantModel):
    """A record's title as it is compared, indexed by pairs of characters (`records_search`).

    In a table of their own: changing a record would put all pairs into the index again.
    """

    trailed: ClassVar[Trailed | None] = None
    searched: ClassVar[bool] = True

    record = TenantOneToOneField(
        Record, verbose_name="기록", on_delete=models.CASCADE, related_name="bigrams"
    )
    plain = models.TextField("견주는 꼴")
    """Written by trigger; the index over it is made with its function, after the migrations."""

    class Meta:
        verbose_name = "기록 검색 조각"
        indexes = (models.Index(name="records_bigrams_newest", fields=("tenant", "record")),)

    def __str__(self) -> str:
        return str(self.record_id)
