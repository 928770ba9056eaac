"""Tables of the organisation.

Units and posts are what lasts; what they are called and where they belong is a span of days.
`from_on` is the first day, `until_on` the first day on which it no longer holds (open: None).
"""

from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from mokmin.foundation.orgs.states import AssignmentKind, OrderVerb, PostRank, UnitKind
from mokmin.foundation.people.models import Person
from mokmin.foundation.records.models import Record
from mokmin.foundation.tenancy.fields import TenantForeignKey, TenantOneToOneField
from mokmin.foundation.tenancy.models import TenantModel, Trailed
from mokmin.lib.uid import new_uid

UID_FORM = r"^[0-9a-hjkmnp-tv-z]{10}$"
NOT_OVER_BEFORE_IT_BEGINS = Q(until_on__isnull=True) | Q(until_on__gt=F("from_on"))
NEVER_LESS_THAN_NOTHING = Q(until_on__isnull=True) | Q(until_on__gte=F("from_on"))
"""What was taken back before its first day ends on that day: the row stays, its uid with it."""

UNDONE_BY_SOMEONE = Q(undone_at__isnull=True, undone_by="") | (
    Q(undone_at__isnull=False) & ~Q(undone_by="")
)


def _same(column: str) -> tuple[Func, str]:
    """Equality of a number as GiST knows it without extensions: ranges of one that overlap."""
    number = F(column)
    return Func(number, number, Value("[]"), function="int8range"), RangeOperators.OVERLAPS


def _never_twice(name: str, *columns: str, condition: Q | None = None) -> ExclusionConstraint:
    """No two rows of the same thing on one day."""
    days = Func("from_on", "until_on", function="daterange", output_field=DateRangeField())
    return ExclusionConstraint(
        name=name,
        expressions=[
            *(_same(column) for column in ("tenant", *columns)),
            (days, RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )


class Reorganisation(TenantModel):
    """A change of units (조직개편) as one dated action, kept with its steps.

    Papers are attached to its record, whose address is also its own.
    """

    record = TenantOneToOneField(Record, verbose_name="기록", null=True)
    uid = models.CharField("주소 번호", max_length=10, default=new_uid, editable=False)
    title = models.CharField("제목", max_length=120)
    on = models.DateField("시행일")
    reason = models.CharField("사유", max_length=300, blank=True)
    steps = models.JSONField("내용")
    made: "models.JSONField[Any, Any]" = models.JSONField("생긴 것", default=dict)
    """Addresses of the units and posts that the steps name by a key."""
    decided_at = models.DateTimeField("등록한 때")
    decided_by = models.CharField("등록한 사람", max_length=60)
    undone_at = models.DateTimeField("취소한 때", null=True)
    undone_by = models.CharField("취소한 사람", max_length=60, blank=True)

    class Meta:
        verbose_name = "조직개편"
        constraints = (
            models.UniqueConstraint(name="orgs_reorganisation_uid", fields=("tenant", "uid")),
            models.CheckConstraint(name="orgs_reorganisation_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="orgs_reorganisation_undone_by_someone", condition=UNDONE_BY_SOMEONE
            ),
        )

    def __str__(self) -> str:
        return self.title


class Unit(TenantModel):
    """A unit (부서·팀·읍면동), whatever it was called and wherever it belonged."""

    trailed: ClassVar[Trailed | None] = Trailed(twin=True)

    record = TenantOneToOneField(Record, verbose_name="기록", related_name="unit_of")
    from_on = models.DateField("생긴 날")
    until_on = models.DateField("없어진 날", null=True)

    class Meta:
        verbose_name = "부서"
        constraints = (
            models.CheckConstraint(name="orgs_unit_days", condition=NEVER_LESS_THAN_NOTHING),
        )

    def __str__(self) -> str:
        return str(self.record)


class UnitSpan(TenantModel):
    """What a unit is called and under which it stands, from one day to another."""

    trailed: ClassVar[Trailed | None] = Trailed(twin=True)

    unit = TenantForeignKey(Unit, verbose_name="부서", related_name="spans")
    parent = TenantForeignKey(Unit, verbose_name="상위 부서", null=True)
    kind = models.CharField("종류", max_length=12, choices=UnitKind.choices)
    name = models.CharField("이름", max_length=60)
    position = models.PositiveSmallIntegerField("직제 순서", default=0)
    phone = models.CharField("대표 전화", max_length=20, blank=True)
    from_on = models.DateField("시작일")
    until_on = models.DateField("종료일", null=True)
    opened_by = TenantForeignKey(Reorganisation, verbose_name="연 조직개편", null=True)
    closed_by = TenantForeignKey(Reorganisation, verbose_name="닫은 조직개편", null=True)

    class Meta:
        verbose_name = "부서 이름과 소속"
        constraints = (
            models.CheckConstraint(name="orgs_unitspan_days", condition=NOT_OVER_BEFORE_IT_BEGINS),
            models.CheckConstraint(
                name="orgs_unitspan_kind", condition=Q(kind__in=UnitKind.values)
            ),
            models.CheckConstraint(name="orgs_unitspan_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="orgs_unitspan_not_under_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("unit")),
            ),
            _never_twice("orgs_unitspan_one_a_day", "unit"),
        )

    def __str__(self) -> str:
        return self.name


class Succession(TenantModel):
    """Which unit went on with the work of which other one (승계)."""

    predecessor = TenantForeignKey(Unit, verbose_name="이전 부서", related_name="successors")
    successor = TenantForeignKey(Unit, verbose_name="승계 부서", related_name="predecessors")
    reorganisation = TenantForeignKey(Reorganisation, verbose_name="조직개편")
    on = models.DateField("승계일")

    class Meta:
        verbose_name = "부서 승계"
        constraints = (
            models.UniqueConstraint(
                name="orgs_succession_once", fields=("tenant", "predecessor", "successor", "on")
            ),
            models.CheckConstraint(
                name="orgs_succession_of_two", condition=~Q(predecessor=F("successor"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


class Post(TenantModel):
    """A post (자리): duties belong to it, and persons come and go."""

    trailed: ClassVar[Trailed | None] = Trailed(twin=True)

    uid = models.CharField("주소 번호", max_length=10, default=new_uid, editable=False)
    from_on = models.DateField("생긴 날")
    until_on = models.DateField("없어진 날", null=True)

    class Meta:
        verbose_name = "자리"
        constraints = (
            models.UniqueConstraint(name="orgs_post_uid", fields=("tenant", "uid")),
            models.CheckConstraint(name="orgs_post_uid_form", condition=Q(uid__regex=UID_FORM)),
            models.CheckConstraint(name="orgs_post_days", condition=NEVER_LESS_THAN_NOTHING),
        )

    def __str__(self) -> str:
        return self.uid


class PostSpan(TenantModel):
    """In which unit a post stands, what it is called and what it does (사무분장)."""

    trailed: ClassVar[Trailed | None] = Trailed(twin=True)

    post = TenantForeignKey(Post, verbose_name="자리", related_name="spans")
    unit = TenantForeignKey(Unit, verbose_name="부서", related_name="post_spans")
    rank = models.CharField("구분", max_length=12, choices=PostRank.choices)
    title = models.CharField("직위", max_length=60)
    grade = models.CharField("직급", max_length=30, blank=True)
    duties = models.TextField("담당 업무", blank=True)
    phone = models.CharField("전화", max_length=20, blank=True)
    position = models.PositiveSmallIntegerField("순서", default=0)
    from_on = models.DateField("시작일")
    until_on = models.DateField("종료일", null=True)
    opened_by = TenantForeignKey(Reorganisation, verbose_name="연 조직개편", null=True)
    closed_by = TenantForeignKey(Reorganisation, verbose_name="닫은 조직개편", null=True)

    class Meta:
        verbose_name = "자리의 소속과 업무"
        constraints = (
            models.CheckConstraint(name="orgs_postspan_days", condition=NOT_OVER_BEFORE_IT_BEGINS),
            models.CheckConstraint(
                name="orgs_postspan_rank", condition=Q(rank__in=PostRank.values)
            ),
            models.CheckConstraint(name="orgs_postspan_has_title", condition=~Q(title="")),
            _never_twice("orgs_postspan_one_a_day", "post"),
        )

    def __str__(self) -> str:
        return self.title


class PersonnelOrder(TenantModel):
    """An order (인사발령): several persons on one day, all of them or none.

    Papers are attached to its record, whose address is also its own.
    """

    record = TenantOneToOneField(Record, verbose_name="기록", null=True)
    uid = models.CharField("주소 번호", max_length=10, default=new_uid, editable=False)
    number = models.CharField("문서번호", max_length=60, blank=True)
    title = models.CharField("제목", max_length=120)
    on = models.DateField("발령일")
    reason = models.CharField("사유", max_length=300, blank=True)
    ordered_at = models.DateTimeField("등록한 때")
    ordered_by = models.CharField("등록한 사람", max_length=60)
    undone_at = models.DateTimeField("취소한 때", null=True)
    undone_by = models.CharField("취소한 사람", max_length=60, blank=True)

    class Meta:
        verbose_name = "인사발령"
        constraints = (
            models.UniqueConstraint(name="orgs_personnelorder_uid", fields=("tenant", "uid")),
            models.CheckConstraint(name="orgs_personnelorder_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="orgs_personnelorder_undone_by_someone", condition=UNDONE_BY_SOMEONE
            ),
        )

    def __str__(self) -> str:
        return self.title


class OrderLine(TenantModel):
    """What an order did with one person: from which post to which."""

    trailed: ClassVar[Trailed | None] = Trailed(personal=("note",))

    order = TenantForeignKey(PersonnelOrder, verbose_name="인사발령", related_name="lines")
    position = models.PositiveSmallIntegerField("순번")
    person = TenantForeignKey(Person, verbose_name="사람")
    verb = models.CharField("구분", max_length=16, choices=OrderVerb.choices)
    from_post = TenantForeignKey(Post, verbose_name="이전 자리", null=True)
    to_post = TenantForeignKey(Post, verbose_name="새 자리", null=True)
    note = models.CharField("비고", max_length=300, blank=True)

    class Meta:
        verbose_name = "발령 내역"
        constraints = (
            models.UniqueConstraint(
                name="orgs_orderline_position", fields=("tenant", "order", "position")
            ),
            models.CheckConstraint(
                name="orgs_orderline_verb", condition=Q(verb__in=OrderVerb.values)
            ),
        )

    def __str__(self) -> str:
        return self.get_verb_display()


class Assignment(TenantModel):
    """A person in a post (발령), from one day to another."""

    trailed: ClassVar[Trailed | None] = Trailed(twin=True)

    post = TenantForeignKey(Post, verbose_name="자리", related_name="assignments")
    person = TenantForeignKey(Person, verbose_name="사람", related_name="assignments")
    kind = models.CharField("형태", max_length=12, choices=AssignmentKind.choices)
    from_on = models.DateField("시작일")
    until_on = models.DateField("종료일", null=True)
    opened_by = TenantForeignKey(PersonnelOrder, verbose_name="연 발령", null=True)
    closed_by = TenantForeignKey(PersonnelOrder, verbose_name="닫은 발령", null=True)
    ended_by = TenantForeignKey(Reorganisation, verbose_name="자리를 없앤 조직개편", null=True)

    class Meta:
        verbose_name = "발령"
        constraints = (
            models.CheckConstraint(
                name="orgs_assignment_days", condition=NOT_OVER_BEFORE_IT_BEGINS
            ),
            models.CheckConstraint(
                name="orgs_assignment_kind", condition=Q(kind__in=AssignmentKind.values)
            ),
            _never_twice(
                "orgs_assignment_one_full_post", "person", condition=Q(kind=AssignmentKind.FULL)
            ),
            _never_twice(
                "orgs_assignment_one_full_holder", "post", condition=Q(kind=AssignmentKind.FULL)
            ),
            _never_twice("orgs_assignment_not_twice_the_same", "post", "person"),
        )

    def __str__(self) -> str:
        return f"{self.post_id}: {self.person_id}"


class HandOver(TenantModel):
    """What a leaver hands to the successor (인계인수); its content freezes when acknowledged."""

    trailed: ClassVar[Trailed | None] = Trailed(personal=("content", "remark"))

    uid = models.CharField("주소 번호", max_length=10, default=new_uid, editable=False)
    post = TenantForeignKey(Post, verbose_name="자리", related_name="hand_overs")
    leaver = TenantForeignKey(Person, verbose_name="인계자")
    successor = TenantForeignKey(Person, verbose_name="인수자", null=True)
    order = TenantForeignKey(PersonnelOrder, verbose_name="인사발령", null=True)
    reorganisation = TenantForeignKey(Reorganisation, verbose_name="조직개편", null=True)
    on = models.DateField("인계일")
    due_on = models.DateField("확인 기한")
    remark = models.TextField("인계자 의견", blank=True)
    content: "models.JSONField[Any, Any]" = models.JSONField("확인한 내용", null=True)
    opened_at = models.DateTimeField("생긴 때")
    changed_at = models.DateTimeField("고친 때")
    acknowledged_at = models.DateTimeField("확인한 때", null=True)

    class Meta:
        verbose_name = "인계인수서"
        constraints = (
            models.UniqueConstraint(name="orgs_handover_uid", fields=("tenant", "uid")),
            models.CheckConstraint(
                name="orgs_handover_due_afterwards", condition=Q(due_on__gte=F("on"))
            ),
            models.CheckConstraint(
                name="orgs_handover_to_somebody_else",
                condition=Q(successor__isnull=True) | ~Q(successor=F("leaver")),
            ),
            models.CheckConstraint(
                name="orgs_handover_acknowledged_with_content",
                condition=Q(acknowledged_at__isnull=True, content__isnull=True)
                | Q(acknowledged_at__isnull=False, content__isnull=False, successor__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.uid
