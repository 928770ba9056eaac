"""Checks of what goes on: jobs, chains, seals, addresses."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.http.request import validate_host
from django.utils import timezone

from mokmin.foundation.access import queries as access
from mokmin.foundation.jobs import queries as jobs
from mokmin.foundation.jobs import queue
from mokmin.foundation.tenancy import queries as tenancy
from mokmin.foundation.tenancy.context import tenant
from mokmin.foundation.trail.models import Act, Head
from mokmin.lib.errors import Denied
from mokmin.surfaces.cli import up
from mokmin.surfaces.cli.checks.finding import Finding, bad, good, watch

STALLED_AFTER = timedelta(minutes=5)
SEALED_WITHIN = timedelta(days=2)
LOCAL = (".localhost", ".example", ".test")


def web() -> Finding:
    """Whether it runs at all."""
    if address := up.running_at():
        return good("웹 서버", address)
    return watch("웹 서버", "이 폴더의 mokmin up이 꺼져 있습니다.", "`mokmin up`으로 켜 주세요.")


def workers() -> Finding:
    """Somebody works off the queue."""
    name, count = "작업기", jobs.workers_alive()
    if not count:
        mend = "`mokmin up`이 함께 켭니다. 따로 켜려면 `mokmin worker`를 실행해 주세요."
        return (bad if up.running_at() else watch)(name, "살아 있는 작업기가 없습니다.", mend)
    return good(name, f"{count}개가 일하고 있습니다.")


def stalled() -> Finding:
    """No job hangs on a worker that is gone."""
    name, count = "멈춘 작업", queue.stalled(STALLED_AFTER).count()
    if count:
        mend = "작업기가 1분마다 되살립니다. 줄지 않으면 `mokmin up`을 다시 켜 주세요."
        return watch(name, f"{count}건", mend)
    return good(name, "없습니다.")


def heads() -> Finding:
    """Every act has its link: their number is that of the last one."""
    name, behind = "변경 이력의 끝", []
    for whose in tenancy.tenants():
        with tenant(whose.pk, read_only=True):
            head = Head.objects.values_list("seq", flat=True).first() or 0
            if Act.objects.count() != head:
                behind.append(whose.name)
    if behind:
        mend = "`mokmin db verify`로 어디인지 찾아 주세요."
        return bad(name, f"이어지지 않은 곳: {', '.join(behind)}", mend)
    return good(name, "모두 이어져 있습니다.")


def seals() -> Finding:
    """The access log is sealed every night."""
    name, today, open_since = "접속기록 봉인", timezone.localdate(), []
    for whose in tenancy.tenants():
        with tenant(whose.pk, read_only=True):
            days = access.unsealed_days(today - SEALED_WITHIN)
        open_since += [f"{whose.name} {days[0]:%Y-%m-%d}부터"] if days else []
    if open_since:
        mend = "작업기가 밤마다 봉인합니다. 작업기가 켜져 있는지 확인해 주세요."
        return watch(name, f"봉인하지 않은 날: {', '.join(open_since)}", mend)
    return good(name, "지난날이 모두 봉인되어 있습니다.")


def hosts() -> Finding:
    """Every municipality is reached by a name that Django lets in."""
    name, known = "호스트 이름", tenancy.tenants()
    if not known:
        return watch(name, "자치단체가 없습니다.", "`mokmin tenant create`로 만들어 주세요.")
    names = {whose: [host.host for host in whose.hosts.all()] for whose in known}
    if len(known) > 1 and (without := [str(whose) for whose, own in names.items() if not own]):
        mend = "자치단체가 둘 이상이면 모두 호스트 이름이 있어야 찾아갈 수 있습니다."
        return bad(name, f"호스트 이름이 없는 곳: {', '.join(without)}", mend)
    every = [host for own in names.values() for host in own]
    if shut := [host for host in every if not validate_host(host, settings.ALLOWED_HOSTS)]:
        return bad(name, f"막힌 이름: {', '.join(shut)}", "MOKMIN_HOSTS에 더해 주세요.")
    public = [host for host in every if "." in host and not host.endswith(LOCAL)]
    if public and not settings.SECURE_SSL_REDIRECT:
        mend = "HTTPS 프록시 뒤에 두고 MOKMIN_HTTPS=on을 적어 주세요."
        return watch(name, f"HTTPS가 꺼져 있습니다: {', '.join(public)}", mend)
    return good(name, f"자치단체 {len(known)}곳, 이름 {len(every)}개")


def proxy() -> Finding:
    """Behind a proxy everybody has its address unless it may say whom it speaks for."""
    name = "프록시"
    if settings.SECURE_SSL_REDIRECT and not settings.TRUST_FORWARDED_FOR:
        mend = (
            "프록시가 X-Forwarded-For를 스스로 적게 하고 "
            "MOKMIN_TRUST_FORWARDED_FOR=on을 적어 주세요."
        )
        return watch(name, "모든 사람의 접속지가 프록시의 주소로 남습니다.", mend)
    return good(name, "접속지를 그대로 읽습니다.")


def second_factors() -> Finding:
    """Encrypted under the secret key that is here, which may be another since a restore."""
    name = "2단계 인증의 키"
    kept = list(Authenticator.objects.values_list("data", flat=True))
    if unreadable := sum(not _is_readable(data) for data in kept):
        mend = (
            "백업한 곳의 secret_key를 자료 폴더에 두거나 MOKMIN_SECRET_KEY로 적어 주세요. "
            "잃었으면 그 계정들의 2단계 인증을 초기화해 주세요."
        )
        return bad(name, f"지금의 비밀 키로 읽지 못하는 것이 {unreadable}개 있습니다.", mend)
    return good(name, f"{len(kept)}개를 모두 읽을 수 있습니다.")


def _is_readable(data: dict[str, str]) -> bool:
    try:
        decrypt(data.get("secret") or data["seed"])
    except Denied:
        return False
    return True


CHECKS = (web, workers, stalled, heads, seals, hosts, proxy, second_factors)
