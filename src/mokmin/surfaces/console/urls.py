"""Addresses of the console."""

from django.urls import URLPattern, path

from mokmin.surfaces.console import home

app_name = "console"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
]
