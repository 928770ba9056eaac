"""Words: the municipality's own, and none that the repository must not hold."""

import re

import pytest

from mokmin.foundation.tenancy.states import TenantKind
from mokmin.foundation.tenancy.vocabulary import BY_KIND
from tests.house import sources

OWN_WORDS = sorted(
    {
        getattr(words, name)
        for words in (BY_KIND[kind] for kind in (TenantKind.COUNTY, TenantKind.DISTRICT))
        for name in ("mayor", "deputy_mayor", "citizens", "own_fund", "office", "council")
    }
    | {"시장실", "시민", "시비", "시청"}
)
SPEAKS = [
    path
    for path in (*sources.modules(), *sources.templates())
    if {"surfaces", "papers"} & set(path.parts) and "demo" not in path.name
]


@pytest.mark.parametrize("path", SPEAKS, ids=sources.name_of)
def test_screens_take_the_words_of_the_municipality_from_its_vocabulary(path):
    text = path.read_text(encoding="utf-8")

    assert [word for word in OWN_WORDS if word in text] == []


def test_no_tracked_file_is_somebody_elses_built_file():
    built = re.compile(r"\.(min\.js|min\.css|woff2?|ttf|otf|wasm|hwp)$")

    assert [sources.name_of(p) for p in sources.tracked() if built.search(p.name)] == []
