"""Two invented municipalities with the same data; a test of one must never see the other."""

from datetime import UTC, datetime

from mokmin.foundation.access import actions as access
from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.states import Role
from mokmin.foundation.people import actions as people
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Account, Person
from mokmin.foundation.tenancy import actions as tenancy
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.models import Tenant

AT = datetime(2026, 7, 1, 0, 0, tzinfo=UTC)
PASSWORD = "바른 말 아홉 마디 93"

NAMES = {
    Role.OFFICER: "김주무",
    Role.TEAM_HEAD: "이팀장",
    Role.UNIT_HEAD: "박과장",
    Role.COORDINATOR: "최총괄",
    Role.EXECUTIVE: "정단체",
    Role.AUDITOR: "강감사",
    Role.FINANCE: "조예산",
    Role.LEGAL: "윤법무",
    Role.PUBLICITY: "장홍보",
    Role.EVALUATOR: "임평가",
    Role.RESIDENT: "한주민",
    Role.RECIPIENT: "오보조",
    Role.ADMINISTRATOR: "서관리",
}

FOUNDER = Actor(name="설치")


def email_of(role: Role, slug: str) -> str:
    """Sign-in address of the one person who holds a role."""
    return f"{role.value.replace('_', '-')}@{slug}.example"


def plant() -> None:
    """Fill an empty, migrated database; commits."""
    for slug, name in (("a", "가람군"), ("b", "나래군")):
        _settle(slug, name)
    first = Account.objects.order_by("id").first()
    assert first is not None
    with tenant(tenant_of("a").pk):
        people.set_password(first, PASSWORD)
    Account.objects.update(password=first.password)


def _settle(slug: str, name: str) -> None:
    made = tenancy.create_tenant(
        slug=f"{slug}-gun", name=name, kind="county", code="", hosts=[f"{slug}.localhost"], at=AT
    )
    with tenant(made.pk):
        contact = Contact(NAMES[Role.ADMINISTRATOR], email_of(Role.ADMINISTRATOR, slug))
        first = people.found_first_administrator(contact, actor=FOUNDER, at=AT)
        administrator = Actor(
            person_id=first.pk,
            person_uid=first.uid,
            name=first.name,
            email=first.email,
            roles=frozenset({Role.ADMINISTRATOR}),
        )
        access.change_settings({"contact_unit": "기획예산실"}, actor=administrator, at=AT)
        for role in Role:
            if role is not Role.ADMINISTRATOR:
                contact = Contact(NAMES[role], email_of(role, slug), "055-940-0000")
                people.invite(contact, roles=[role], reason="첫 등록", actor=administrator, at=AT)
        for account in Account.objects.filter(email__endswith=f"@{slug}.example"):
            people.settle(account)


def person_of(role: Role) -> Person:
    """The first person who was given a role in the municipality in force."""
    held = Person.objects.filter(grants__role=role, grants__revoked_at__isnull=True)
    return held.earliest("id")


def tenant_of(slug: str) -> Tenant:
    """`a` or `b`."""
    return Tenant.objects.get(slug=f"{slug}-gun")
