"""`mokmin tenant …`: the municipalities of this installation."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import cast

from django.conf import settings
from django.utils import timezone

from mokmin.foundation.access.actor import Actor
from mokmin.foundation.calendar import actions as calendar
from mokmin.foundation.people import actions as people
from mokmin.foundation.people import queries as people_now
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.tenancy import actions as tenancy
from mokmin.foundation.tenancy import directory, queries
from mokmin.foundation.tenancy import rules as tenancy_rules
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.tenancy.states import TenantKind
from mokmin.lib.errors import Invalid, Refusal
from mokmin.lib.korean import date_text, in_seoul
from mokmin.surfaces.cli import framework, running, up
from mokmin.surfaces.cli.screen import Screen, table
from mokmin.surfaces.kit.links import password_path

INSTALLER = Actor(name=os.environ.get("SUDO_USER") or os.environ.get("USER") or "설치")
"""Whose name the trail keeps: whoever works on this machine."""

KINDS = ", ".join(f"{kind.value}({kind.label})" for kind in TenantKind)


def run(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> int:
    """Create or list municipalities."""
    verbs = parser.add_subparsers(required=True, metavar="할 일", title="할 일")
    listing = verbs.add_parser("list", help="모두 봅니다", description="자치단체를 모두 봅니다.")
    listing.set_defaults(do=show)
    new = verbs.add_parser(
        "create", help="만듭니다", description="자치단체와 첫 관리자를 만듭니다."
    )
    new.set_defaults(do=create)
    new.add_argument("slug", metavar="짧은이름", help="영문 소문자·숫자·붙임표, 예: haesol")
    new.add_argument(
        "--name", metavar="이름", help="예: 해솔군. --code가 있으면 목록에서 가져옵니다"
    )
    new.add_argument("--kind", metavar="종류", help=f"{KINDS}. --code가 있으면 목록에서 가져옵니다")
    new.add_argument(
        "--code", default="", metavar="코드", help="자치단체 코드 다섯 자리, 예: 48880"
    )
    new.add_argument(
        "--host",
        action="append",
        default=[],
        metavar="호스트",
        help="누리집의 호스트 이름, 여러 번 쓸 수 있습니다",
    )
    new.add_argument("--admin-name", required=True, metavar="이름", help="첫 관리자의 이름")
    new.add_argument("--admin-email", required=True, metavar="주소", help="첫 관리자의 전자우편")
    options = parser.parse_args(arguments)
    with running.database(Screen(sys.stderr)), framework.refusing():
        return cast("int", options.do(options))


def show(_options: argparse.Namespace) -> int:
    """One line for each."""
    rows = [("짧은 이름", "이름", "종류", "코드", "호스트", "만든 날")]
    rows += [
        (
            found.slug,
            found.name,
            str(found.get_kind_display()),
            found.code or "-",
            ", ".join(host.host for host in found.hosts.all()) or "-",
            date_text(found.created_at),
        )
        for found in queries.tenants()
    ]
    print(
        table(rows)
        if len(rows) > 1
        else "자치단체가 아직 없습니다. `mokmin tenant create`로 만듭니다."
    )
    return 0


def create(options: argparse.Namespace) -> int:
    """The municipality, its first administrator, and the way to their first password."""
    framework.require_owner()
    name, kind = _from_directory(options)
    contact = Contact(options.admin_name, options.admin_email)
    if problems := people_now.problems_of_person(asdict(contact)):
        raise Invalid(problems)
    now = timezone.now()
    made = tenancy.create_tenant(
        slug=options.slug, name=name, kind=kind, code=options.code, hosts=options.host, at=now
    )
    with tenant(made.pk):
        person = people.found_first_administrator(contact, actor=INSTALLER, at=now)
        account = person.account
        calendar.seed(today=in_seoul(now).date(), at=now)
    print(f"{made.name}({made.slug}) 자치단체와 관리자 {person.name}의 계정을 만들었습니다.")
    if account is not None and not account.has_usable_password():
        print("아래 주소에서 비밀번호를 정해 주세요(사흘 동안 한 번 쓸 수 있습니다).")
        print(f"  {_origin(options.host)}{password_path(account)}")
    return 0


def _from_directory(options: argparse.Namespace) -> tuple[str, str]:
    if why := tenancy_rules.why_not_code(options.code):
        raise Invalid({"code": why})
    known = directory.local_governments().get(options.code)
    name = options.name or (known.name if known else "")
    kind = options.kind or (known.kind.value if known else "")
    if not name or not kind:
        raise Refusal("--name과 --kind를 적거나 --code로 목록의 자치단체를 골라 주세요.")
    by_label = {str(each.label): each.value for each in TenantKind}
    return name, by_label.get(kind, kind)


def _origin(hosts: Sequence[str]) -> str:
    """Where the municipality's site is reached from outside, as far as it is known here."""
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    address = (up.running_at() or f"http://127.0.0.1:{up.PORT}").rstrip("/")
    if not hosts:
        return address
    port = "" if scheme == "https" else f":{address.rpartition(':')[2]}"
    return f"{scheme}://{hosts[0]}{port}"
