"""Residents sign up (주민 가입): the address is proven first, and only then an account exists.

So nobody can lay an account with a password of their own under somebody else's address, and the
page on which an address is given answers every address alike: it looks none up.
"""

import secrets
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField, SetPasswordField
from allauth.account.forms import PasswordVerificationMixin
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.mixins import CloseableSignupMixin, RedirectAuthenticatedUserMixin
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.decorators import rate_limit
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.edit import FormView

from mokmin.foundation.jobs import actions as jobs
from mokmin.foundation.people import actions, queries
from mokmin.foundation.people.actions import Contact
from mokmin.foundation.people.models import Account, Person
from mokmin.lib.errors import Denied
from mokmin.surfaces.kit.http import origin_of
from mokmin.surfaces.portal.signin import tasks, tokens
from mokmin.surfaces.portal.signin.forms import Worded
from mokmin.surfaces.portal.signin.tokens import SignUp

HOUR = 60 * 60


class SignUpForm(Worded):
    """Who wants to join."""

    name = forms.CharField(max_length=200)
    email = forms.EmailField(widget=forms.EmailInput())

    def clean(self) -> dict[str, Any]:
        """As people are written down."""
        values = super().clean() or {}
        given = {"name": "", "email": "", **values, "phone": ""}
        for name, sentence in queries.problems_of_person(given).items():
            if name in values:
                self.add_error(name, sentence)
        return values


class FirstPasswordForm(Worded, PasswordVerificationMixin, forms.Form):  # type: ignore[misc]
    """The password of a new account."""

    password1 = SetPasswordField(label="")
    password2 = PasswordField(label="")

    def __init__(self, *args: Any, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password1"].user = Account(email=email)  # type: ignore[attr-defined]


class OwnPasswordForm(Worded):
    """The password of the account that the owner of the address already has elsewhere."""

    password = PasswordField(label="")

    def __init__(self, *args: Any, account: Account, request: HttpRequest, **options: Any) -> None:
        self.account, self.request = account, request
        super().__init__(*args, **options)

    def clean_password(self) -> str:
        """Right, and not tried too often: counted together with the attempts to sign in."""
        adapter, email = get_adapter(), self.account.email
        adapter.pre_authenticate(self.request, email=email)
        password = str(self.cleaned_data["password"])
        if not self.account.check_password(password):
            adapter.authentication_failed(self.request, email=email)
            raise ValidationError(adapter.error_messages["incorrect_password"])
        adapter.take_attempt_back()
        return password


@method_decorator(rate_limit(action="signup"), name="dispatch")
@method_decorator(login_not_required, name="dispatch")
class SignUpView(CloseableSignupMixin, RedirectAuthenticatedUserMixin, FormView):  # type: ignore[misc,type-arg]
    """Takes name and address, and has a letter sent."""

    form_class = SignUpForm
    template_name = "account/signup.html"
    success_url = reverse_lazy("account_email_verification_sent")

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        """A letter in any case, but not one after the other into the same box."""
        request: Any = self.request
        email = form.cleaned_data["email"].lower()
        if ratelimit.consume(request, action="confirm_email", key=email):
            wanted = SignUp(request.tenant.pk, form.cleaned_data["name"].strip(), email)
            envelope = f"mokmin.sign-up:{secrets.token_urlsafe(16)}"
            cache.set(envelope, wanted, HOUR)
            jobs.enqueue(
                tasks.send_sign_up,
                actor=request.actor,
                at=timezone.now(),
                envelope=envelope,
                origin=origin_of(request),
            )
        return super().form_valid(form)


@method_decorator(rate_limit(action="signup"), name="dispatch")
@method_decorator(login_not_required, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class ConfirmView(CloseableSignupMixin, FormView):  # type: ignore[misc,type-arg]
    """Where the letter leads: a first password, or the password of the account that exists."""

    template_name = "account/email_confirm.html"

    wanted: SignUp
    account: Account | None
    person: Person | None

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Read the link; what it cannot lead to any more is said on the page."""
        wanted = tokens.read_sign_up(kwargs["key"], tenant_id=request.tenant.pk)
        if wanted is None:
            return self.render_to_response({"standing": "void"}, status=410)
        self.wanted = wanted
        self.account, self.person = queries.account_and_person(wanted.email)
        if self.person and self.is_open():
            standing = "closed" if self.person.closed_at else "here"
            return self.render_to_response({"standing": standing, "email": wanted.email})
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[Worded]:
        """One form or the other."""
        return OwnPasswordForm if self.account else FirstPasswordForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """What the form needs to know."""
        known = super().get_form_kwargs()
        if self.account:
            return {**known, "account": self.account, "request": self.request}
        return {**known, "email": self.wanted.email}

    def get_context_data(self, **values: Any) -> dict[str, Any]:
        """Whose address was proven."""
        standing = "elsewhere" if self.account else "new"
        return super().get_context_data(standing=standing, email=self.wanted.email, **values)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Join, and sign in: with the second step, where the account has one."""
        contact, now = Contact(self.wanted.name, self.wanted.email), timezone.now()
        if self.account is None:
            person = actions.sign_up(contact, form.cleaned_data["password1"], at=now)
        else:
            person = actions.join(contact, self.account, at=now)
        if person.account is None:
            raise Denied("가입하지 못했습니다. 처음부터 다시 해 주세요.")
        login = Login(user=person.account, email=self.wanted.email)
        return perform_password_login(self.request, {"email": login.email}, login)  # type: ignore[no-any-return]
