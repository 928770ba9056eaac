"""Calendar in Django's registry."""

from django.apps import AppConfig

from mokmin.foundation.trail import verbs


class CalendarConfig(AppConfig):
    """The calendar (달력): public holidays, fiscal years, elected terms, and what they move."""

    name = "mokmin.foundation.calendar"
    label = "calendar"
    verbose_name = "달력"

    def ready(self) -> None:
        """Name the verbs of this room."""
        verbs.register(
            {
                "seed_calendar": "달력 채움",
                "add_holiday": "공휴일 등록",
                "change_holiday": "공휴일 고침",
                "remove_holiday": "공휴일 뺌",
                "change_fiscal_year": "회계연도 고침",
                "change_elected_term": "민선 기수 고침",
            }
        )
