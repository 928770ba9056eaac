"""Every list of the console."""

from mokmin.surfaces.console.access_log import ACCESS_LOG
from mokmin.surfaces.console.files.checks import CHECKS
from mokmin.surfaces.console.files.mine import MINE
from mokmin.surfaces.console.jobs import JOBS
from mokmin.surfaces.console.notices import NOTICES
from mokmin.surfaces.console.organisation.urls import LISTS as ORGANISATION
from mokmin.surfaces.console.people import PEOPLE
from mokmin.surfaces.console.reviews import PAST_REVIEWS
from mokmin.surfaces.console.trail import TRAIL

LISTINGS = (PEOPLE, NOTICES, TRAIL, ACCESS_LOG, PAST_REVIEWS, JOBS, MINE, CHECKS, *ORGANISATION)
