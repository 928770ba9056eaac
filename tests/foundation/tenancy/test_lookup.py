"""One row by a constant statement is the row that the ORM finds."""

import pytest

from mokmin.foundation.access.models import Settings
from mokmin.foundation.people.models import Account, Person
from mokmin.foundation.tenancy.context import current_tenant_id, tenant
from mokmin.foundation.tenancy.keyset import page_of
from mokmin.foundation.tenancy.lookup import Lookup
from tests import seed

PERSON = Lookup(Person, "uid = %s")


def fields(found):
    return {field.attname: getattr(found, field.attname) for field in found._meta.concrete_fields}


@pytest.mark.usefixtures("in_a")
def test_it_is_whole_and_as_from_the_database():
    Settings.objects.update_or_create(
        tenant_id=current_tenant_id(),
        defaults={"mfa_roles": ["auditor"], "words": {"council": "의회"}},
    )
    settings = Settings.objects.get()
    person = seed.person_of("officer")

    assert fields(Lookup(Settings, "true")()) == fields(settings)
    assert fields(PERSON(person.uid)) == fields(person)
    assert not Lookup(Account, "id = %s")(person.account_id)._state.adding


@pytest.mark.usefixtures("in_a")
def test_what_is_not_there_is_none():
    assert PERSON("zzzzzzzzzz") is None


def test_it_stays_behind_the_fence(tenant_a, tenant_b):
    with tenant(tenant_b.pk):
        foreign = seed.person_of("officer").uid

    with tenant(tenant_a.pk):
        assert PERSON(foreign) is None


@pytest.mark.usefixtures("in_a")
def test_a_page_of_nothing_is_still_a_table():
    sql, values = page_of(Person.objects.filter(pk__in=()))

    assert (sql, values) == ("(SELECT 0 AS place, 0 AS id WHERE false)", ())
