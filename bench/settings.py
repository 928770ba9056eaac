"""The product's settings with one page more: the hello page that others are compared with."""

from mokmin.config.settings import *  # noqa: F403  # the same settings, all of them

ROOT_URLCONF = "bench.urls"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
