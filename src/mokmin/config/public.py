"""The addresses that answer without sign-in; every other one is behind it, and a test compares."""

PUBLIC_ROUTES = frozenset(
    {
        "healthz",
        "portal:home",
        "portal:holidays-ics",
        "portal:own-ics",
        "session-extend",
        "account_login",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_email_verification_sent",
        "account_confirm_email",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
    }
)
