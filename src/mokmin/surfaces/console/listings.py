"""Every list of the console."""

from mokmin.surfaces.console.people import PEOPLE

LISTINGS = (PEOPLE,)
