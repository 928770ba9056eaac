"""Addresses of the console."""

from django.urls import URLPattern, path

from mokmin.surfaces.console import (
    access_log,
    gallery,
    home,
    jobs,
    notices,
    options,
    people,
    person,
    printing,
    reviews,
    sample,
    search,
    settings,
    trail,
)
from mokmin.surfaces.console.calendar import holidays, month, subscription, years
from mokmin.surfaces.console.files import attached, checks, mine
from mokmin.surfaces.console.organisation import urls as organisation
from mokmin.surfaces.kit.lists import views as lists

app_name = "console"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("settings/", settings.settings, name="settings"),
    *gallery.paths("kit/"),
    path("gallery/form/", sample.sample, {"shown": "sample-form"}, name="sample-form"),
    path("gallery/form/table/", sample.sample, {"shown": "sample-table"}, name="sample-table"),
    path("gallery/form/files/", sample.sample, {"shown": "sample-files"}, name="sample-files"),
    path("options/units/", options.units, name="options-unit"),
    path("options/people/", options.people, name="options-person"),
    path("options/posts/", options.posts, name="options-post"),
    *lists.paths("people/", people.PEOPLE),
    path("people/new/", people.new, name="people-new"),
    path("people/<slug:uid>/", person.person, name="person"),
    path("people/<slug:uid>/contact/", person.contact, name="person-contact"),
    path("people/<slug:uid>/invite/", person.invite_again, name="person-invite"),
    path("people/<slug:uid>/<slug:verb>/", person.change, name="person-change"),
    *lists.paths("access-log/", access_log.ACCESS_LOG),
    path("access-log/reviews/", reviews.reviews, name="access-log-reviews"),
    *lists.paths("access-log/reviews/past/", reviews.PAST_REVIEWS),
    path("access-log/printed/", printing.printed, name="access-log-printed"),
    *lists.paths("trail/", trail.TRAIL),
    path("trail/verify/", trail.verify, name="trail-verify"),
    path("trail/<slug:uid>/", trail.act, name="trail-act"),
    *lists.paths("notices/", notices.NOTICES),
    path("notices/read-all/", notices.read_all, name="notices-read-all"),
    path("notices/choices/", notices.choices, name="notice-choices"),
    path("notices/<slug:uid>/", notices.notice, name="notice"),
    path("calendar/", month.month, name="calendar"),
    path("calendar/feed/", subscription.feed, name="calendar-feed"),
    path("calendar/feed/close/", subscription.close, name="calendar-feed-close"),
    path("calendar/holidays/", holidays.holidays, name="holidays"),
    path("calendar/holidays/new/", holidays.new, name="holiday-new"),
    path("calendar/holidays/<slug:day>/", holidays.change, name="holiday"),
    path("calendar/holidays/<slug:day>/remove/", holidays.remove, name="holiday-remove"),
    path("calendar/fiscal-years/", years.fiscal_years, name="fiscal-years"),
    path("calendar/fiscal-years/<int:year>/", years.fiscal_year, name="fiscal-year"),
    path("calendar/terms/", years.terms, name="elected-terms"),
    path("calendar/terms/<int:number>/", years.term, name="elected-term"),
    *lists.paths("files/", mine.MINE),
    *lists.paths("files/checks/", checks.CHECKS),
    path("files/checks/start/", checks.start, name="file-check-start"),
    path("files/checks/<slug:uid>/", checks.check, name="file-check"),
    path("files/<slug:uid>/", mine.download, name="file"),
    path("files/<slug:uid>/remove/", mine.remove, name="file-remove"),
    path("records/<slug:uid>/files/", attached.attached, name="record-files"),
    *organisation.PATHS,
    *lists.paths("jobs/", jobs.JOBS),
    path("jobs/<slug:uid>/", jobs.job, name="job"),
    path("jobs/<slug:uid>/cancel/", jobs.cancel, name="job-cancel"),
]
