"""What the doctor says of a proxy."""

import pytest

from mokmin.surfaces.cli.checks import work
from mokmin.surfaces.cli.checks.finding import Level


@pytest.mark.parametrize(
    ("https", "trusted", "level"),
    [
        (False, False, Level.GOOD),
        (True, True, Level.GOOD),
        (True, False, Level.WATCH),
    ],
)
def test_a_proxy_that_may_not_name_addresses_is_pointed_out(settings, https, trusted, level):
    settings.SECURE_SSL_REDIRECT, settings.TRUST_FORWARDED_FOR = https, trusted

    assert work.proxy().level == level
