"""Calendar in Django's registry."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """The calendar (달력): public holidays, fiscal years, elected terms, and what they move."""

    name = "mokmin.foundation.calendar"
    label = "calendar"
    verbose_name = "달력"
