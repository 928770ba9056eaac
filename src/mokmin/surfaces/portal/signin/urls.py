"""Addresses under /account/, each listed: nothing else of allauth can be reached."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path, re_path

from mokmin.surfaces.portal.signin import signup, views
from mokmin.surfaces.portal.signin.views import ours

OPEN: list[URLPattern] = [
    path("login/", ours(account.login), name="account_login"),
    path("login/code/", ours(mfa.authenticate), name="mfa_authenticate"),
    path("logout/", ours(account.logout), name="account_logout"),
    path("inactive/", ours(account.account_inactive), name="account_inactive"),
    path("signup/", ours(signup.SignUpView.as_view()), name="account_signup"),
    path(
        "signup/sent/",
        ours(account.EmailVerificationSentView.as_view()),
        name="account_email_verification_sent",
    ),
    path("signup/<str:key>/", ours(signup.ConfirmView.as_view()), name="account_confirm_email"),
    path("password/reset/", ours(account.password_reset), name="account_reset_password"),
    path(
        "password/reset/sent/",
        ours(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        ours(views.NewPasswordView.as_view()),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        ours(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
"""Open to everyone: they carry allauth's `login_not_required`."""

OWN: list[URLPattern] = [
    path("password/", ours(account.password_change), name="account_change_password"),
    path("again/", ours(account.reauthenticate), name="account_reauthenticate"),
    path("again/code/", ours(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("second/", ours(views.SecondFactorView.as_view()), name="mfa_index"),
    path("second/on/", ours(views.ActivateView.as_view()), name="mfa_activate_totp"),
    path("second/off/", ours(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second/codes/", ours(views.NewCodesView.as_view()), name="mfa_generate_recovery_codes"),
]
"""Only for who is signed in."""

urlpatterns = [*OPEN, *OWN]
