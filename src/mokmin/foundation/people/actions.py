"""The only ways in which people, accounts and roles change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.access.queries import settings
from mokmin.foundation.access.states import Role
from mokmin.foundation.people import access, queries, rules, signals
from mokmin.foundation.people.models import Account, Grant, Person
from mokmin.foundation.tenancy.context import current_tenant_id
from mokmin.foundation.trail import actions as trail
from mokmin.lib.errors import Denied, Invalid

ONESELF = Actor(name="주민 본인")
"""Who joins: a resident's name would stay for good wherever the name of an actor is kept."""

ENROLLING = 0xF1A5
"""Advisory lock of those who take people in; the second key is the tenant."""


@dataclass(frozen=True, slots=True)
class Contact:
    """What is written down of a person."""

    name: str
    email: str
    phone: str = ""


@transaction.atomic
def invite(
    contact: Contact, *, roles: Collection[str], reason: str, actor: Actor, at: datetime
) -> Person:
    """Take a person in with an account and first roles; they set the password themselves.

    An e-mail address that already has an account elsewhere on the platform is linked, and the
    answer is the same as for a new one. Raises Denied, Invalid (every wrong field at once).
    """
    _allow_managing(actor)
    problems = rules.problems_of_person(asdict(contact)) | rules.problems_of_roles(roles)
    problems |= rules.problems_of_reason(reason)
    _alone()
    for why in queries.taken([contact.email]).values():
        problems.setdefault("email", why)
    if problems:
        raise Invalid(problems)
    with trail.act("invite", actor=actor, at=at, reason=reason) as act:
        (person,) = _enrol([contact], at=at)
        act.about(person)
        for role in roles:
            _give(person, Role(role), reason=reason, actor=actor, at=at)
    return person


@transaction.atomic
def register(
    contacts: Sequence[Contact], *, reason: str, actor: Actor, at: datetime
) -> Sequence[Person]:
    """Take officials in, many at once; their roles come with the posts that they are given.

    A new account has no password until its owner follows the invitation. Whoever has an account
    elsewhere on the platform comes in with that one, at once. Raises Denied, or Invalid with the
    problems of every row by its number from 1.
    """
    _allow_managing(actor)
    problems = rules.problems_of_reason(reason)
    _alone()
    taken = queries.taken([each.email for each in contacts])
    problems |= rules.problems_of_rows([asdict(each) for each in contacts], taken)
    if problems:
        raise Invalid(problems)
    with trail.act("register", actor=actor, at=at, reason=reason):
        return _enrol(contacts, at=at)


def send_invitation(person: Person, *, origin: str, actor: Actor, at: datetime) -> None:
    """Have a letter sent that leads the person to their first sign-in; again whenever asked.

    `origin` is the address of the municipality's site. Raises Denied.
    """
    _allow_managing(actor)
    has_account = person.account_id is not None
    _refuse(rules.why_not_write_to(has_account=has_account, closed_at=person.closed_at))
    with trail.act("send_invitation", actor=actor, at=at, about=person):
        signals.invitation_asked.send(Person, person=person, origin=origin, actor=actor, at=at)


def sign_up(contact: Contact, password: str, *, at: datetime) -> Person:
    """A resident who has proven to own the address makes an account and joins with it.

    Raises Denied when the account has come to be meanwhile, or signing up is not open.
    """
    _allow_signing_up()
    if problems := rules.problems_of_person(asdict(contact)):
        raise Invalid(problems)
    with transaction.atomic():
        _alone()
        account, is_new = Account.objects.get_or_create(email=rules.email_key(contact.email))
        if not is_new:
            raise Denied("이미 가입한 전자우편 주소입니다. 로그인해 주세요.")
        set_password(account, password)
        return join(contact, account, at=at)


def join(contact: Contact, account: Account, *, at: datetime) -> Person:
    """A resident signs up by themselves, where the settings allow it; otherwise raises Denied.

    The trail never forgets: it and the grant name no resident.
    """
    _allow_signing_up()
    with trail.act("join", actor=ONESELF, at=at) as act:
        _alone()
        if why := queries.taken([account.email]).get(account.email):
            raise Invalid({"email": why})
        (person,) = _persons([contact], [account], at=at)
        act.about(person)
        _give(person, Role.RESIDENT, reason="본인 가입", actor=ONESELF, at=at)
    return person


def change_contact(person: Person, contact: Contact, *, actor: Actor, at: datetime) -> None:
    """Correct name, e-mail for notices, or telephone; the sign-in address stays."""
    _allow_managing(actor)
    if problems := rules.problems_of_person(asdict(contact)):
        raise Invalid(problems)
    with trail.act("change_contact", actor=actor, at=at, about=person):
        person.name = contact.name.strip()
        person.email = rules.email_key(contact.email)
        person.phone = contact.phone.strip()
        person.save(update_fields=["name", "email", "phone"])


def grant(person: Person, role: str, *, reason: str, actor: Actor, at: datetime) -> None:
    """Give a role; giving one that is held already is refused with the reason."""
    _allow_managing(actor)
    problems = rules.problems_of_roles([role]) | rules.problems_of_reason(reason)
    if problems:
        raise Invalid(problems)
    with trail.act("grant", actor=actor, at=at, reason=reason, about=person):
        _lock(person)
        _refuse(rules.why_not_give(closed_at=person.closed_at))
        if Grant.objects.filter(person=person, role=role, revoked_at__isnull=True).exists():
            raise Denied(f"이미 {Role(role).label} 역할을 갖고 있습니다.")
        _give(person, Role(role), reason=reason, actor=actor, at=at)


def revoke(person: Person, role: str, *, reason: str, actor: Actor, at: datetime) -> None:
    """Take a role back; the last administrator keeps theirs."""
    _allow_managing(actor)
    if problems := rules.problems_of_reason(reason):
        raise Invalid(problems)
    with trail.act("revoke", actor=actor, at=at, reason=reason, about=person):
        _lock(person)
        if role == Role.ADMINISTRATOR:
            _keep_an_administrator(person)
        held = Grant.objects.filter(person=person, role=role, revoked_at__isnull=True)
        if not held.update(revoked_at=at, revoked_by=actor.name, revoked_reason=reason):
            raise Denied("갖고 있지 않은 역할입니다. 화면을 새로 열어 확인해 주세요.")


def close(person: Person, *, reason: str, actor: Actor, at: datetime) -> None:
    """Close a person's access to this municipality; their sessions end with the next request."""
    _allow_managing(actor)
    if problems := rules.problems_of_reason(reason):
        raise Invalid(problems)
    with trail.act("close", actor=actor, at=at, reason=reason, about=person):
        _lock(person)
        _refuse(rules.why_not_close(closed_at=person.closed_at))
        _keep_an_administrator(person)
        person.closed_at = at
        person.save(update_fields=["closed_at"])


def reopen(person: Person, *, reason: str, actor: Actor, at: datetime) -> None:
    """Open a closed person again, with the roles they still hold."""
    _allow_managing(actor)
    if problems := rules.problems_of_reason(reason):
        raise Invalid(problems)
    with trail.act("reopen", actor=actor, at=at, reason=reason, about=person):
        _lock(person)
        _refuse(rules.why_not_reopen(closed_at=person.closed_at))
        person.closed_at = None
        person.save(update_fields=["closed_at"])


def reset_second_factor(person: Person, *, reason: str, actor: Actor, at: datetime) -> None:
    """Forget a lost phone: the person sets the second factor up again at the next sign-in."""
    _allow_managing(actor)
    if problems := rules.problems_of_reason(reason):
        raise Invalid(problems)
    with trail.act("reset_second_factor", actor=actor, at=at, reason=reason, about=person):
        _lock(person)
        row = queries.person(person.uid)
        _refuse(queries.why_not_reset(row) if row else "없는 사람입니다.")
        Authenticator.objects.filter(user=person.account_id).delete()


def found_first_administrator(contact: Contact, *, actor: Actor, at: datetime) -> Person:
    """The first administrator of a new municipality; refused once there is one."""
    if problems := rules.problems_of_person(asdict(contact)):
        raise Invalid(problems)
    with trail.act("invite", actor=actor, at=at, reason="첫 관리자") as act:
        _alone()
        if queries.other_administrators(0):
            raise Denied(
                "이미 관리자가 있습니다. 관리자가 화면에서 다른 사람을 초대할 수 있습니다."
            )
        if why := queries.taken([contact.email]).values():
            raise Invalid({"email": " ".join(why)})
        (person,) = _enrol([contact], at=at)
        act.about(person)
        _give(person, Role.ADMINISTRATOR, reason="첫 관리자", actor=actor, at=at)
    return person


def set_password(account: Account, password: str) -> None:
    """Give an account a password without asking for the old one, once its address is proven."""
    set_one_password([account], password)


@transaction.atomic
def set_one_password(accounts: Collection[Account], password: str) -> None:
    """Give accounts whose addresses need no more proof one password, hashed once."""
    hashed = make_password(password)
    for account in accounts:
        account.password = hashed
        account.save(update_fields=["password"])
        EmailAddress.objects.update_or_create(
            user=account, email=account.email, defaults={"verified": True, "primary": True}
        )
        settle(account)


def settle(account: Account) -> None:
    """The owner of the address came in here: where that happens first is the account's home.

    Not where it was invited first: any municipality may write down any address.
    """
    homeless = Account.objects.filter(pk=account.pk, home_tenant__isnull=True)
    homeless.update(home_tenant_id=current_tenant_id())


def _allow_signing_up() -> None:
    if not settings().has_resident_signup:
        raise Denied("지금은 주민 가입을 받지 않습니다.")


def _alone() -> None:
    """One at a time per municipality: two may install it, or enter the same address, at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ENROLLING, current_tenant_id()])


def _allow_managing(actor: Actor) -> None:
    _refuse(access.why_not_manage_people(actor))


def _refuse(why: str | None) -> None:
    if why:
        raise Denied(why)


def _enrol(contacts: Sequence[Contact], *, at: datetime) -> Sequence[Person]:
    """People with the accounts of their addresses; the caller is alone and knows of none here."""
    accounts = _accounts({rules.email_key(each.email) for each in contacts})
    mine = [accounts[rules.email_key(each.email)] for each in contacts]
    return _persons(contacts, mine, at=at)


def _persons(
    contacts: Sequence[Contact], accounts: Sequence[Account], *, at: datetime
) -> Sequence[Person]:
    return Person.objects.bulk_create(
        Person(
            account=account,
            name=contact.name.strip(),
            email=rules.email_key(contact.email),
            phone=contact.phone.strip(),
            joined_at=at,
        )
        for contact, account in zip(contacts, accounts, strict=True)
    )


def _accounts(emails: Collection[str]) -> Mapping[str, Account]:
    """The account of each address; those that are not there yet are made, without a password.

    Another municipality may make the same ones at the same time: they are one.
    """
    there = set(Account.objects.filter(email__in=emails).values_list("email", flat=True))
    new = sorted({*emails} - there)
    Account.objects.bulk_create(
        (Account(email=email, password=make_password(None)) for email in new),
        ignore_conflicts=True,
    )
    found = {account.email: account for account in Account.objects.filter(email__in=emails)}
    EmailAddress.objects.bulk_create(
        (
            EmailAddress(user=found[email], email=email, verified=True, primary=True)
            for email in new
        ),
        ignore_conflicts=True,
    )
    return found


def _give(person: Person, role: Role, *, reason: str, actor: Actor, at: datetime) -> None:
    Grant.objects.create(
        person=person, role=role, reason=reason, granted_at=at, granted_by=actor.name or "시스템"
    )


def _lock(person: Person) -> None:
    """Hold the row and see its present state: two administrators may press at once."""
    fresh = Person.objects.select_for_update().get(pk=person.pk)
    person.closed_at = fresh.closed_at


def _keep_an_administrator(person: Person) -> None:
    """Refuse to lose the last one; the grants are held so that two cannot take each other's."""
    held = Grant.objects.filter(role=Role.ADMINISTRATOR, revoked_at__isnull=True)
    holders = held.select_for_update().order_by("id").values_list("person_id", flat=True)
    if person.pk in set(holders):
        others = queries.other_administrators(person.pk)
        _refuse(rules.why_not_leave_without_administrator(others=others))
