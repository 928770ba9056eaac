"""What this house decides otherwise than django-allauth: for one municipality, and in Korean."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from mokmin.foundation.orgs import queries_people as orgs
from mokmin.foundation.people.actions import settle
from mokmin.foundation.people.models import Account
from mokmin.lib.cipher import Cipher, WrongKey
from mokmin.lib.errors import Denied
from mokmin.surfaces.kit import middleware
from mokmin.surfaces.kit.http import address_of, today
from mokmin.surfaces.portal.signin import limits, log
from mokmin.surfaces.portal.signin.limits import Attempt

WRONG_CODE = "인증 번호가 맞지 않습니다. 앱에 지금 보이는 번호를 적어 주세요."

UNREADABLE = "2단계 인증을 읽을 수 없습니다. 관리자에게 2단계 인증의 초기화를 요청해 주세요."

ERRORS = {
    "account_inactive": "지금은 쓸 수 없는 계정입니다. 소속 기관의 관리자에게 문의해 주세요.",
    "email_password_mismatch": "전자우편 주소나 비밀번호가 맞지 않습니다. 다시 확인해 주세요.",
    "enter_current_password": "지금 쓰는 비밀번호가 맞지 않습니다.",
    "incorrect_code": WRONG_CODE,
    "incorrect_password": "비밀번호가 맞지 않습니다.",
    "invalid_password_reset": "쓸 수 없는 링크입니다. 비밀번호 찾기를 다시 해 주세요.",
    "rate_limited": "짧은 시간에 여러 번 시도하여 잠시 막았습니다. 잠시 뒤에 다시 해 주세요.",
    "too_many_login_attempts": "여러 번 틀려 잠시 막았습니다. 15분 뒤에 다시 해 주세요.",
}

WEAK = {
    "password_too_short": "비밀번호는 10자 이상으로 정해 주세요.",
    "password_too_similar": "비밀번호가 전자우편 주소와 너무 비슷합니다.",
    "password_too_common": "너무 흔한 비밀번호입니다. 다른 말을 섞어 주세요.",
    "password_entirely_numeric": "숫자만으로 된 비밀번호는 쓸 수 없습니다.",
}

NOTICES = {
    "account/messages/logged_out.txt": "로그아웃했습니다.",
    "account/messages/password_changed.txt": "비밀번호를 바꾸었습니다.",
    "mfa/messages/totp_deactivated.txt": "2단계 인증을 껐습니다.",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Sign-in, sign-out and passwords."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORS}

    _attempt: Attempt

    def is_ajax(self, _request: HttpRequest) -> bool:
        """Every answer is a page: there is no second, JSON way in."""
        return False

    def is_open_for_signup(self, request: Any) -> bool:
        """Residents sign up only where their municipality has opened it."""
        return bool(request.carried.settings.has_resident_signup)

    def is_safe_url(self, url: str) -> bool:
        """Only pages of the very host that was asked: another municipality's is foreign."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that the access log notes as well."""
        return address_of(request) or ""

    def clean_password(self, password: str, user: Any = None) -> str:
        """Every weakness in a sentence."""
        try:
            return str(super().clean_password(password, user))
        except ValidationError as error:
            raise ValidationError(
                [WEAK.get(str(each.code), str(each.message)) for each in error.error_list]
            ) from error

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002  # allauth's signature
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what happened where the next page does not show it by itself."""
        if sentence := message or NOTICES.get(message_template or ""):
            messages.add_message(request, level, sentence, extra_tags=extra_tags)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; refuse it where there were too many, account or no account."""
        email = str(credentials.get("email", ""))
        self._attempt = limits.attempt(
            request, self._get_login_attempts_cache_key(request, email=email)
        )
        if self._attempt.refusal:
            log.failed(request, email, page=page_of(request))
            raise ValidationError(self._attempt.refusal, code="too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The access log keeps it."""
        log.failed(request, str(credentials.get("email", "")), page=page_of(request))

    def take_attempt_back(self) -> None:
        """The attempt counted last was no failure."""
        self._attempt.take_back()

    def _rollback_login_failed_rl_usage(self) -> None:
        self.take_attempt_back()

    def _get_login_attempts_cache_key(self, _request: HttpRequest, **credentials: Any) -> str:
        """The account on the whole platform: another host name gives no further attempts."""
        return str(credentials.get("email", "")).lower()

    def login(self, request: Any, user: Account) -> None:
        """Begin a session of this municipality, for its full time."""
        actor = orgs.actor_of(user, on=today())
        if actor is None:  # closed meanwhile, or begun at another municipality
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        super().login(request, user)
        settle(user)
        request.actor = actor
        request.session[middleware.SESSION_TENANT] = request.tenant.pk
        middleware.extend(request)
        log.signed_in(request)

    def logout(self, request: Any) -> None:
        """End the session, and note who left."""
        log.signed_out(request)
        super().logout(request)

    def get_login_redirect_url(self, request: Any) -> str:
        """Staff to their work, everyone else to the portal."""
        return reverse("console:home") if request.actor.is_staff else reverse("portal:home")

    def get_password_change_redirect_url(self, request: Any) -> str:
        """Back to where one works."""
        return self.get_login_redirect_url(request)

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Who has signed in only just now is not asked for the same thing twice."""
        if not super().is_reauthentication_required(app=app, **options):
            return False
        records = get_authentication_records(self.request, self.request.user)
        last: dict[str, Any] = records[-1] if records else {"method": "", "at": 0}
        age = timezone.now().timestamp() - last["at"]
        is_fresh = 0 <= age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not (is_fresh and last["method"] in {"password", "mfa"})


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """The second factor: its sentences, and its keys encrypted where they are kept."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": "2단계 인증을 먼저 설정해 주세요.",
        "incorrect_code": WRONG_CODE,
    }

    def encrypt(self, text: str) -> str:
        """Keys of the app and seeds of recovery codes are of no use to who has a backup only."""
        return _cipher().encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """As it was; raises Denied when the installation has another secret key by now."""
        try:
            return _cipher().decrypt(encrypted_text)
        except WrongKey as error:
            raise Denied(UNREADABLE) from error


def _cipher() -> Cipher:
    secrets = [str(each) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return Cipher(secrets, purpose="mokmin second factor")


def page_of(request: HttpRequest) -> str:
    """What the access log calls the page on which a password was asked for."""
    pages = {"account_login": log.SIGN_IN, "account_confirm_email": log.JOINING}
    match = request.resolver_match
    return pages.get(match.url_name or "", log.AGAIN) if match else log.AGAIN
