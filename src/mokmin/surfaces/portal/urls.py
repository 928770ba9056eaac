"""Addresses of the portal."""

from django.urls import URLPattern, path

from mokmin.surfaces.portal import calendars, home

app_name = "portal"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("calendar/holidays.ics", calendars.holidays, name="holidays-ics"),
    path("calendar/own/<slug:token>.ics", calendars.own, name="own-ics"),
]
