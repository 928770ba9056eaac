"""Django's settings; whatever an installation may choose is read from its environment here."""

import os
import secrets
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from mokmin.config.databases import databases
from mokmin.lib.place import files_dir, var_dir

VAR = var_dir()
HTTPS = os.environ.get("MOKMIN_HTTPS", "off") == "on"
"""On behind a TLS proxy: secure cookies, HSTS and redirects."""

SITE_PORT = os.environ.get("MOKMIN_SITE_PORT", "")
"""Where the sites answer when no proxy stands in front; `mokmin up` tells its children."""

DEBUG = False


def _secret_key() -> str:
    """`MOKMIN_SECRET_KEY`, else one made once and kept beside the data (mode 0600)."""
    if given := os.environ.get("MOKMIN_SECRET_KEY"):
        return given
    path = VAR / "secret_key"
    if not path.is_file():
        VAR.mkdir(parents=True, exist_ok=True)
        new = Path(f"{path}.{os.getpid()}")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(new, path)
        except FileExistsError:
            pass
        finally:
            new.unlink()
    return path.read_text(encoding="utf-8")


def _own_folder(name: str) -> Path:
    """A folder beside the data, for this user alone."""
    path = VAR / name
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = [
    key for key in os.environ.get("MOKMIN_SECRET_KEY_FALLBACKS", "").split(",") if key
]
"""Former keys, newest first: what was signed or encrypted under them can still be read."""

ALLOWED_HOSTS = os.environ.get("MOKMIN_HOSTS", "*").split(",")
"""Which host is whose is decided by TenantHost; an unknown host gets a 404 of its own."""

TRUST_FORWARDED_FOR = os.environ.get("MOKMIN_TRUST_FORWARDED_FOR", "off") == "on"
"""On only behind a proxy that sets X-Forwarded-For itself; the access log takes its last entry."""

INSTALLED_APPS = [
    "mokmin.foundation.tenancy",
    "mokmin.foundation.trail",
    "mokmin.foundation.access",
    "mokmin.foundation.jobs",
    "mokmin.foundation.records",
    "mokmin.foundation.people",
    "mokmin.foundation.calendar",
    "mokmin.foundation.files",
    "mokmin.foundation.orgs",
    "mokmin.foundation.notices",
    "mokmin.surfaces.kit",
    "mokmin.surfaces.console",
    "mokmin.surfaces.portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_cotton.apps.SimpleAppConfig",
    "procrastinate.contrib.django",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mokmin.surfaces.kit.middleware.request_id",
    "mokmin.surfaces.kit.middleware.find_tenant",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "mokmin.surfaces.kit.middleware.keep_access_log",
    "mokmin.surfaces.kit.middleware.one_transaction",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "mokmin.surfaces.kit.middleware.know_actor",
    "mokmin.surfaces.kit.middleware.Guard",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "mokmin.config.urls"
WSGI_APPLICATION = "mokmin.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "mokmin.surfaces.kit.shell.context",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
            ],
        },
    }
]
COTTON_ISOLATE_BY_DEFAULT = True
COTTON_DIR = "cotton"

DATABASES = databases()
MOKMIN_WORKER_DATABASE_URL = os.environ.get("MOKMIN_WORKER_DATABASE_URL", "")
"""Where the worker watches the queue (LISTEN) when DATABASE_URL goes through PgBouncer."""

MOKMIN_JOBS_KEPT_DAYS = int(os.environ.get("MOKMIN_JOBS_KEPT_DAYS", "90"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["mokmin.surfaces.portal.signin.backend.OwnMunicipalityBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = int(timedelta(days=3).total_seconds())

ACCOUNT_ADAPTER = "mokmin.surfaces.portal.signin.adapter.AccountAdapter"
MFA_ADAPTER = "mokmin.surfaces.portal.signin.adapter.SecondFactorAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proven before its account exists
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_FORMS = {
    name: f"mokmin.surfaces.portal.signin.forms.{form}"
    for name, form in {
        "login": "SignInForm",
        "reset_password": "ForgottenForm",
        "user_token": "ResetLinkForm",
        "reset_password_from_key": "NewPasswordForm",
        "change_password": "ChangePasswordForm",
        "reauthenticate": "PasswordAgainForm",
    }.items()
}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/15m/key",
    "login_failed_from": os.environ.get("MOKMIN_SIGN_IN_FAILURES", "300/15m") + "/ip",
    "login": os.environ.get("MOKMIN_SIGN_IN_REQUESTS", "600/m") + "/ip",
}
"""Per address they are wide: a whole county may come from one, and guessing ends per account."""
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    name: f"mokmin.surfaces.portal.signin.forms.{form}"
    for name, form in {
        "authenticate": "CodeForm",
        "reauthenticate": "CodeAgainForm",
        "activate_totp": "ActivateForm",
        "deactivate_totp": "DeactivateForm",
    }.items()
}
MFA_TOTP_ISSUER = "목민"
MFA_TOTP_TOLERANCE = 1

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "platform_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_ENGINE = "mokmin.surfaces.kit.session_store"
SESSION_COOKIE_NAME = "mokmin_session"
SESSION_COOKIE_AGE = int(timedelta(minutes=30).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "mokmin.surfaces.kit.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("MOKMIN_ORIGINS", "").split(",") if origin
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

EMAIL_BACKEND = os.environ.get(
    "MOKMIN_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = os.environ.get("MOKMIN_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("MOKMIN_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("MOKMIN_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MOKMIN_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("MOKMIN_EMAIL_TLS", "off") == "on"
DEFAULT_FROM_EMAIL = os.environ.get("MOKMIN_EMAIL_FROM", "mokmin@localhost")

LANGUAGE_CODE = "ko"
TIME_ZONE = "Asia/Seoul"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a table of inputs may have hundreds of rows

FILE_UPLOAD_HANDLERS = ["mokmin.surfaces.kit.uploads.MeasuredUploads"]
FILE_UPLOAD_TEMP_DIR = str(_own_folder("uploads"))

MOKMIN_FILES = files_dir()
MOKMIN_FILE_BYTES = int(os.environ.get("MOKMIN_FILE_MB", "100")) * 1_000_000
MOKMIN_UPLOAD_BYTES = int(os.environ.get("MOKMIN_UPLOAD_MB", "300")) * 1_000_000
"""Of one file, and of all files of one request."""
MOKMIN_FILE_TYPES = tuple(
    slug.strip() for slug in os.environ.get("MOKMIN_FILE_TYPES", "").split(",") if slug.strip()
)
"""Slugs of lib.media.kinds; none said, files.rules.USUAL."""
MOKMIN_FILES_GRACE_DAYS = int(os.environ.get("MOKMIN_FILES_GRACE_DAYS", "7"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"procrastinate": {"level": "WARNING"}},
}
