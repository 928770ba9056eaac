"""Judgements on municipalities: values in, answer out."""

import re
from collections import Counter
from collections.abc import Collection

from mokmin.foundation.tenancy import directory
from mokmin.foundation.tenancy.states import TenantKind

SLUG = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")
HOST = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
)
NAME_LENGTH = 60


def problems_of_tenant(
    *, slug: str, name: str, kind: str, code: str, hosts: Collection[str]
) -> dict[str, str]:
    """Every wrong field of a new municipality with its sentence."""
    problems = {}
    if not SLUG.fullmatch(slug):
        problems["slug"] = "짧은 이름은 영문 소문자로 시작해 소문자·숫자·붙임표로 3~40자입니다."
    if not 0 < len(name.strip()) <= NAME_LENGTH:
        problems["name"] = f"이름을 {NAME_LENGTH}자 안으로 적어 주세요."
    if kind not in TenantKind.values:
        problems["kind"] = f"종류는 {', '.join(TenantKind.labels)} 가운데 하나입니다."
    elif why := why_not_kind(kind, code):
        problems["kind"] = why
    if why := _why_not_hosts(hosts):
        problems["hosts"] = why
    if why := why_not_code(code):
        problems["code"] = why
    return problems


def _why_not_hosts(hosts: Collection[str]) -> str | None:
    if wrong := sorted(host for host in set(hosts) if not HOST.fullmatch(host)):
        return f"호스트 이름으로 쓸 수 없습니다: {', '.join(wrong)}."
    if twice := sorted(host for host, times in Counter(hosts).items() if times > 1):
        return f"호스트 이름을 두 번 적었습니다: {', '.join(twice)}."
    return None


def why_not_kind(kind: str, code: str) -> str | None:
    """What is in the directory is of the kind that the directory says."""
    found = directory.local_governments().get(code)
    if found and kind != found.kind:
        return f"{found.code} {found.label}의 종류는 {found.kind.label}입니다."
    return None


def why_not_code(code: str) -> str | None:
    """A code is in force, or empty for a municipality that exists only here."""
    if not code or code in directory.local_governments():
        return None
    if found := directory.current(code):
        return f"폐지된 코드입니다. 지금의 코드는 {found.code} {found.label}입니다."
    if followers := ", ".join(f"{each.code} {each.label}" for each in directory.successors(code)):
        return f"폐지된 코드입니다. 지금의 코드를 골라 주세요: {followers}."
    return "자치단체 목록에 없는 코드입니다."
