"""allauth's views where the house wants them otherwise, and how all of them answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.recovery_codes.internal import flows as recovery_flows
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp import views as totp
from allauth.mfa.totp.internal import flows as totp_flows
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from mokmin.foundation.people import queries as people
from mokmin.foundation.people.models import Account

View = Callable[..., Any]


def ours(view: View) -> View:
    """The view with the house's answers: 422 for a refused form, 303 after a write, none kept."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "HEAD":
            request.method = "GET"  # allauth would count it as an attempt
        if request.method not in {"GET", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        response: HttpResponse = view(request, *args, **kwargs)
        if request.method == "POST":
            response.status_code = _status(response)
        return response

    return answer


def _status(response: HttpResponse) -> int:
    if isinstance(response, HttpResponseRedirect):
        return 303
    form = (getattr(response, "context_data", None) or {}).get("form")
    if form is None or not form.is_bound or form.is_valid():
        return response.status_code
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return 429 if "too_many_login_attempts" in codes else 422


class NewPasswordView(account.PasswordResetFromKeyView):  # type: ignore[misc]  # allauth is untyped
    """A new password by the link of a letter."""

    def logout(self) -> None:
        """Someone else's session ends when the password is set, not when the link is opened."""
        if self.request.method == "POST":
            super().logout()


class SecondFactorView(mfa.IndexView):  # type: ignore[misc]
    """How things stand with the second factor."""

    def get_context_data(self, **values: Any) -> dict[str, Any]:
        """Whether it is on, how many recovery codes are left, and what forbids to turn it off."""
        request: Any = self.request
        codes = _recovery_codes(request.user)
        return {
            **super().get_context_data(**values),
            "is_on": is_mfa_enabled(request.user, [Authenticator.Type.TOTP]),
            "codes_left": len(codes.get_unused_codes()) if codes else 0,
            "why_not_off": people.why_not_drop_second_factor(
                request.actor, needed_for=request.carried.settings.mfa_roles
            ),
        }


class ActivateView(totp.ActivateTOTPView):  # type: ignore[misc]
    """Sets up the app; the recovery codes are in the answer, and nowhere else."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Whoever has it set up sees how it stands."""
        if is_mfa_enabled(authenticated_user(request), [Authenticator.Type.TOTP]):
            return HttpResponseRedirect(reverse("mfa_index"))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """On, with the codes."""
        totp_flows.activate_totp(self.request, form)
        return _show_codes(self.request)


class NewCodesView(recovery.GenerateRecoveryCodesView):  # type: ignore[misc]
    """Makes new recovery codes; the old ones are void."""

    def form_valid(self, _form: Any) -> HttpResponse:
        """Made, and shown this once."""
        recovery_flows.generate_recovery_codes(self.request)
        return _show_codes(self.request)


def _show_codes(request: HttpRequest) -> HttpResponse:
    """The codes as the answer to the request that made them: no address shows them again."""
    codes = _recovery_codes(authenticated_user(request))
    if codes is None:
        return HttpResponseRedirect(reverse("mfa_index"))
    codes.mark_as_viewed()
    onward = get_next_redirect_url(request) or get_adapter().get_login_redirect_url(request)
    shown = {"codes": codes.get_unused_codes(), "onward": onward}
    return TemplateResponse(request, "mfa/recovery_codes/shown.html", shown)


def _recovery_codes(user: Account) -> RecoveryCodes | None:
    kept = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES)
    found = kept.first()
    return found.wrap() if found else None
