"""Addresses of the console."""

from django.urls import URLPattern, path

from mokmin.surfaces.console import access_log, home, jobs, people, settings, trail

app_name = "console"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("settings/", settings.settings, name="settings"),
    path("people/", people.people, name="people"),
    path("people/export/", people.export, name="people-export"),
    path("people/new/", people.new, name="people-new"),
    path("people/<str:uid>/", people.person, name="person"),
    path("people/<str:uid>/contact/", people.contact, name="person-contact"),
    path("people/<str:uid>/invite/", people.invite_again, name="person-invite"),
    path("people/<str:uid>/<slug:verb>/", people.change, name="person-change"),
    path("access-log/", access_log.entries, name="access-log"),
    path("access-log/export/", access_log.export, name="access-log-export"),
    path("access-log/reviews/", access_log.reviews, name="access-log-reviews"),
    path("access-log/printed/", access_log.printed, name="access-log-printed"),
    path("trail/", trail.acts, name="trail"),
    path("trail/verify/", trail.verify, name="trail-verify"),
    path("trail/<str:uid>/", trail.act, name="trail-act"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<str:uid>/", jobs.job, name="job"),
    path("jobs/<str:uid>/cancel/", jobs.cancel, name="job-cancel"),
]
