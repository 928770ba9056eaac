"""The forms of sign-in: allauth's, with the house's labels, hints and sentences."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal import auth as totp_auth
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone

from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.people import queries as people
from mokmin.foundation.people.models import Account
from mokmin.surfaces.kit import middleware
from mokmin.surfaces.kit.http import origin_of
from mokmin.surfaces.portal.signin import limits, log, tasks

GOOD_PASSWORD = (
    "10자 이상으로 정해 주세요. 숫자만으로 되었거나 흔한 말이거나 "
    "전자우편 주소와 비슷하면 쓸 수 없습니다."
)
SEEN_SECONDS = 90
"""How long a code of the app stays good: its own 30 seconds, and those before and after."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the reader and the browser are told about one field."""

    label: str
    missing: str
    hint: str = ""
    attrs: dict[str, str] = field(default_factory=dict)


EMAIL = Words(
    "전자우편 주소",
    "전자우편 주소를 적어 주세요.",
    attrs={"autocomplete": "username", "inputmode": "email", "spellcheck": "false"},
)
FIELDS = {
    "name": Words("이름", "이름을 적어 주세요.", attrs={"autocomplete": "name"}),
    "login": EMAIL,
    "email": EMAIL,
    "password": Words(
        "비밀번호", "비밀번호를 적어 주세요.", attrs={"autocomplete": "current-password"}
    ),
    "oldpassword": Words(
        "지금 비밀번호",
        "지금 쓰는 비밀번호를 적어 주세요.",
        attrs={"autocomplete": "current-password"},
    ),
    "password1": Words(
        "새 비밀번호",
        "새 비밀번호를 적어 주세요.",
        hint=GOOD_PASSWORD,
        attrs={"autocomplete": "new-password"},
    ),
    "password2": Words(
        "새 비밀번호 확인",
        "새 비밀번호를 한 번 더 적어 주세요.",
        attrs={"autocomplete": "new-password"},
    ),
    "code": Words(
        "인증 번호",
        "인증 번호를 적어 주세요.",
        hint="인증 앱에 보이는 여섯 자리 번호입니다.",
        attrs={
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "autocapitalize": "none",
            "spellcheck": "false",
        },
    ),
}
INVALID_EMAIL = "전자우편 주소를 이름@기관.kr 꼴로 적어 주세요."


class Worded(forms.Form):
    """Gives every field its words; no placeholder, which would stand in for a label."""

    hints: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, each in self.fields.items():
            words = FIELDS[name]
            each.label = words.label
            each.help_text = self.hints.get(name, words.hint)
            each.error_messages["required"] = words.missing
            if words is EMAIL:
                each.error_messages["invalid"] = INVALID_EMAIL
            each.widget.attrs.pop("placeholder", None)
            each.widget.attrs.update(words.attrs)


class SignInForm(Worded, account.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """E-mail and password."""

    def login(self, request: Any, redirect_url: str | None = None) -> Any:
        """Sign in; allauth would let the session last for a time of its own."""
        response = super().login(request, redirect_url)
        if request.user.is_authenticated:
            middleware.extend(request)
        return response


class ForgottenForm(Worded, account.ResetPasswordForm):  # type: ignore[misc]
    """Asks for a letter with a link to a new password."""

    def clean_email(self) -> str:
        """Whose it is is not looked at here: every address is answered alike."""
        return str(self.cleaned_data["email"])

    def save(self, request: Any, **_options: Any) -> str:
        """Ask for the letter in any case; it is written only to someone who belongs here."""
        email = str(self.cleaned_data["email"])
        account_here = people.account_here(email)
        jobs.enqueue(
            tasks.send_password_reset,
            actor=request.actor,
            at=timezone.now(),
            account_id=account_here.pk if account_here else None,
            origin=origin_of(request),
        )
        return email


class ResetLinkForm(account.UserTokenForm):  # type: ignore[misc]
    """What the link in the letter says."""

    def _get_user(self, uidb36: str) -> Account | None:
        """Only people of this municipality get a new password here."""
        found: Account | None = super()._get_user(uidb36)
        return found if found and people.is_here(found.pk) else None


class NewPasswordForm(Worded, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by the link of a letter."""


class ChangePasswordForm(Worded, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password, by the present one."""


class PasswordAgainForm(Worded, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something weighty."""


class Coded(Worded):
    """A code of the app, or a recovery code: each is good once, and failures are kept."""

    hints: ClassVar[dict[str, str]] = {
        "code": "인증 앱에 보이는 여섯 자리 번호입니다. 앱을 쓸 수 없으면 복구 코드를 적어 주세요."
    }
    page: ClassVar[str]
    user: Account
    authenticator: Authenticator

    def clean_code(self) -> str:
        """The code, when it is right, was not used before, and not too many were wrong."""
        try:
            code: str = super().clean_code()  # type: ignore[misc]
            self._refuse_second_use(code)
        except ValidationError as error:
            request = context.request
            log.failed(request, self.user.email, page=self.page)
            if error.code != "too_many_login_attempts":
                raise
            when = limits.try_again(request, limits.PER_ACCOUNT, f"mfa-auth-user-{self.user.pk}")
            sentence = f"인증 번호를 여러 번 틀려 잠시 막았습니다. {when}"
            raise ValidationError(sentence, code=error.code) from error
        return code

    def _refuse_second_use(self, code: str) -> None:
        """allauth remembers a code for 30 seconds; with a tolerance it is good for longer."""
        used = f"mokmin.totp:{self.user.pk}:{normalize_user_code(code)}"
        is_of_app = self.authenticator.type == Authenticator.Type.TOTP
        if is_of_app and not cache.add(used, True, SEEN_SECONDS):  # noqa: FBT003
            raise get_mfa_adapter().validation_error("incorrect_code")


class CodeForm(Coded, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""

    page = log.SECOND_FACTOR


class CodeAgainForm(Coded, mfa.ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before something weighty."""

    page = log.AGAIN


class ActivateForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a newly set up app."""

    secret: str

    def __init__(self, *args: Any, **options: Any) -> None:
        """The key stays the same until it is used: the page may have been loaded twice.

        A session lies in the database, so the key is encrypted there as well.
        """
        session, factors = context.request.session, get_mfa_adapter()
        kept = session.get(totp_auth.SECRET_SESSION_KEY)
        super().__init__(*args, **options)
        self.secret = factors.decrypt(kept) if kept else self.secret
        session[totp_auth.SECRET_SESSION_KEY] = kept or factors.encrypt(self.secret)


class DeactivateForm(totp.DeactivateTOTPForm):  # type: ignore[misc]
    """Asks for nothing but a decision."""

    def clean(self) -> dict[str, Any]:
        """Refuse with the reason."""
        request = context.request
        if why := people.why_not_drop_second_factor(
            request.actor, needed_for=request.carried.settings.mfa_roles
        ):
            raise ValidationError(why)
        return {}
