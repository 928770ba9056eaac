"""Tables of the calendar: public holidays, fiscal years, elected terms."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from mokmin.foundation.calendar import rules
from mokmin.foundation.calendar.states import HolidayKind
from mokmin.foundation.tenancy.models import TenantModel


class Holiday(TenantModel):
    """A day on which nobody works (공휴일); one that was taken out stays, so that it stays out.

    Nobody's name in `added_by` means that it was seeded, in `changed_by` that it is as seeded.
    """

    on = models.DateField("날짜")
    name = models.CharField("이름", max_length=rules.NAME_LENGTH)
    kind = models.CharField("종류", max_length=12, choices=HolidayKind.choices)
    source = models.CharField("근거", max_length=rules.SOURCE_LENGTH)
    is_predicted = models.BooleanField("예정", default=False)
    added_by = models.CharField("등록한 사람", max_length=60, blank=True)
    changed_by = models.CharField("고친 사람", max_length=60, blank=True)
    changed_at = models.DateTimeField("바뀐 때")
    removed_at = models.DateTimeField("뺀 때", null=True)

    class Meta:
        verbose_name = "공휴일"
        constraints = (
            models.UniqueConstraint(name="calendar_holiday_one_a_day", fields=("tenant", "on")),
            models.CheckConstraint(
                name="calendar_holiday_kind", condition=Q(kind__in=HolidayKind.values)
            ),
            models.CheckConstraint(name="calendar_holiday_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="calendar_holiday_has_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="calendar_holiday_predicted_untouched",
                condition=Q(is_predicted=False) | Q(added_by="", changed_by=""),
            ),
            models.CheckConstraint(
                name="calendar_holiday_removed_by_someone",
                condition=Q(removed_at__isnull=True) | ~Q(changed_by=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.on} {self.name}"


class FiscalYear(TenantModel):
    """A fiscal year (회계연도) with its closing days.

    지방회계법 §7: 출납폐쇄기한 is the last day of the year (20 January where the law allows it),
    출납사무 완결기한 10 February.
    """

    year = models.PositiveSmallIntegerField("회계연도")
    first_on = models.DateField("시작일")
    last_on = models.DateField("종료일")
    closes_on = models.DateField("출납폐쇄기한")
    settled_on = models.DateField("출납사무 완결기한")

    class Meta:
        verbose_name = "회계연도"
        constraints = (
            models.UniqueConstraint(name="calendar_fiscalyear_year", fields=("tenant", "year")),
            models.CheckConstraint(
                name="calendar_fiscalyear_days_in_order",
                condition=Q(first_on__lt=F("last_on"))
                & Q(last_on__lte=F("closes_on"))
                & Q(closes_on__lte=F("settled_on")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}회계연도"


class ElectedTerm(TenantModel):
    """An elected term (민선 기수): from the first day up to the first day of the next one."""

    number = models.PositiveSmallIntegerField("기수")
    from_on = models.DateField("시작일")
    until_on = models.DateField("다음 임기 시작일")
    mayor_name = models.CharField("단체장 이름", max_length=rules.NAME_LENGTH, blank=True)

    class Meta:
        verbose_name = "민선 기수"
        constraints = (
            models.UniqueConstraint(
                name="calendar_electedterm_number", fields=("tenant", "number")
            ),
            models.CheckConstraint(
                name="calendar_electedterm_days", condition=Q(from_on__lt=F("until_on"))
            ),
            ExclusionConstraint(
                name="calendar_electedterm_one_a_day",
                expressions=[
                    (
                        Func("tenant", "tenant", Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            "from_on",
                            "until_on",
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """`민선 8기`."""
        return f"민선 {self.number}기"
