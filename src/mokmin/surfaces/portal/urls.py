"""Addresses of the portal."""

from django.urls import URLPattern, path

from mokmin.surfaces.portal import home

app_name = "portal"

urlpatterns: list[URLPattern] = [path("", home.home, name="home")]
