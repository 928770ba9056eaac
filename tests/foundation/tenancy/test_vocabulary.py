"""Every kind of municipality has its own words, and may put others over them."""

import pytest

from mokmin.foundation.tenancy.states import TenantKind
from mokmin.foundation.tenancy.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("kind", "mayor", "citizens", "own_fund"),
    [
        (TenantKind.COUNTY, "군수", "군민", "군비"),
        (TenantKind.CITY, "시장", "시민", "시비"),
        (TenantKind.DISTRICT, "구청장", "구민", "구비"),
        (TenantKind.PROVINCE, "도지사", "도민", "도비"),
    ],
)
def test_words_follow_the_kind(kind, mayor, citizens, own_fund):
    words = vocabulary(kind, {})

    assert (words.mayor, words.citizens, words.own_fund) == (mayor, citizens, own_fund)


@pytest.mark.parametrize("kind", TenantKind, ids=lambda kind: kind.value)
def test_every_kind_has_words(kind):
    assert vocabulary(kind, {}).mayor


def test_own_words_win_and_empty_or_unknown_ones_do_not_count():
    words = vocabulary(TenantKind.COUNTY, {"team": "팀", "council": "", "nonsense": "말"})

    assert (words.team, words.council) == ("팀", "군의회")
