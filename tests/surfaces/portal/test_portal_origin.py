"""Links in letters lead to a host that the municipality has, whatever the asker names."""

import pytest
from django.test import RequestFactory

from mokmin.lib.errors import Denied
from mokmin.surfaces.kit.http import origin_of


def asked(host, whose, *, secure=False):
    request = RequestFactory().get("/", HTTP_HOST=host, secure=secure)
    request.tenant = whose
    return request


def test_its_own_host_is_kept_with_its_port(tenant_a):
    assert origin_of(asked("a.localhost:8000", tenant_a)) == "http://a.localhost:8000"
    assert origin_of(asked("a.localhost", tenant_a, secure=True)) == "https://a.localhost"


@pytest.mark.parametrize("foreign", ["evil.example", "b.localhost", "127.0.0.1"])
def test_a_foreign_host_is_never_taken(tenant_a, foreign):
    assert origin_of(asked(f"{foreign}:8000", tenant_a)) == "http://a.localhost:8000"


def test_without_a_host_of_its_own_no_letter_leaves(tenant_a):
    tenant_a.pk = 0

    with pytest.raises(Denied) as refused:
        origin_of(asked("evil.example", tenant_a))

    assert str(refused.value) == (
        "이 기관의 누리집 주소가 등록되어 있지 않아 메일을 보낼 수 없습니다. "
        "누리집을 운영하는 부서에 알려 주세요."
    )


def test_without_a_host_of_its_own_the_installations_list_counts(tenant_a, settings):
    settings.ALLOWED_HOSTS = ["site.example"]
    tenant_a.pk = 0

    assert origin_of(asked("site.example", tenant_a)) == "http://site.example"
