"""Settings of one installation: each read once from the environment, typed and documented.

The page docs/generated/settings.md is generated from the calls of `setting` in this file and in unit_settings.py.
A town runs with none of them set: a SQLite file and keys are made in `VICINIA_HOME`.
"""

import os
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

from vicinia.config.environment import env, local_keys

BASE_DIR = Path(__file__).resolve().parents[3]
PACKAGE_DIR = Path(__file__).resolve().parents[1]

environ.Env.read_env(str(BASE_DIR / ".env"))
if os.environ.get("VICINIA_DEMO", "") not in ("", "0"):
    environ.Env.read_env(str(PACKAGE_DIR / "demo" / "town.env"))
setting = env.setting

# How the unit works: deadlines, clocks and thresholds, in a file of their own.
from vicinia.config.unit_settings import *  # noqa: E402, F403

# Where a town's own files live -------------------------------------------------------------------------------
HOME = Path(
    setting("VICINIA_HOME", str, str(BASE_DIR / "var"), "Folder of the database, keys, attachments and logs.")
)
HOME.mkdir(parents=True, exist_ok=True)

DEBUG = setting(
    "VICINIA_DEBUG", bool, False, "Developers only: error pages with details. Never in production."
)
DEMO = setting("VICINIA_DEMO", bool, False, "The fictional town: known passwords, e-mail to the console.")
_keys = local_keys(HOME)
SECRET_KEY = setting(
    "VICINIA_SECRET_KEY",
    str,
    _keys.secret,
    "Signs sessions and forms. Made in VICINIA_HOME/keys.json when unset.",
)
SECRET_KEY_FALLBACKS = setting(
    "VICINIA_SECRET_KEY_FALLBACKS", list, [], "Earlier secret keys, while sessions still use them."
)
FIELD_KEYS = setting(
    "VICINIA_FIELD_KEYS",
    list,
    _keys.fields,
    "Keys of encrypted fields, newest first; older ones still decrypt. `vicinia rotate-field-keys` moves rows to the newest.",
)
BLIND_INDEX_KEY = setting(
    "VICINIA_BLIND_INDEX_KEY",
    str,
    _keys.blind_index,
    "Key of the blind index that finds people without decrypting them.",
)
ALLOWED_HOSTS = setting(
    "VICINIA_ALLOWED_HOSTS",
    list,
    ["127.0.0.1", "localhost", "[::1]"],
    "Host names that this town answers to.",
)
CSRF_TRUSTED_ORIGINS = setting(
    "VICINIA_TRUSTED_ORIGINS", list, [], "Origins trusted for forms behind a proxy, with scheme."
)
HTTPS = setting("VICINIA_HTTPS", bool, False, "Served over https: secure cookies, HSTS, redirect.")
TRUSTED_PROXIES = setting(
    "VICINIA_TRUSTED_PROXIES",
    int,
    0,
    "How many proxies of ours stand in front; their X-Forwarded-For entries are believed, no others.",
)
PUBLIC_URL = setting(
    "VICINIA_PUBLIC_URL",
    str,
    "http://127.0.0.1:8000",
    "Address of the portal as residents reach it, for links in messages and QR codes.",
)

# The municipality ----------------------------------------------------------------------------------------------
TOWN_NAME = setting("VICINIA_TOWN_NAME", str, "Comune", "Name of the municipality, shown on every page.")
UNIT_NAME = setting(
    "VICINIA_UNIT_NAME", str, "Nucleo di prossimità", "Name of the unit that answers residents."
)
HELP_PHONE = setting("VICINIA_HELP_PHONE", str, "", "Telephone for residents who need help.")
HELP_HOURS = setting("VICINIA_HELP_HOURS", str, "", "When that telephone is answered, in words.")
HELP_EMAIL = setting("VICINIA_HELP_EMAIL", str, "", "E-mail for accessibility feedback and help.")
HELP_ADDRESS = setting("VICINIA_HELP_ADDRESS", str, "", "Where residents can come in person.")
DPO_CONTACT = setting(
    "VICINIA_DPO_CONTACT", str, "", "Contact of the data-protection officer, shown in the privacy notice."
)
SOURCE_URL = setting(
    "VICINIA_SOURCE_URL", str, "", "Where the source of the program that runs here is published."
)
ACCESSIBILITY_URL = setting(
    "VICINIA_ACCESSIBILITY_URL", str, "", "Address of the accessibility declaration (form.agid.gov.it)."
)
ISTAT_CODE = setting("VICINIA_ISTAT_CODE", str, "", "Six-digit ISTAT code of the municipality, as text.")
PATRON_DAY = setting("VICINIA_PATRON_DAY", str, "", "Local patron saint's holiday, as MM-DD.")
AREA_KIND = setting("VICINIA_AREA_KIND", str, "quarter", "Kind of area that teams are made of.")
MAP_BASE = setting(
    "VICINIA_MAP_BASE",
    str,
    "none",
    "Background map: none (streets and areas of the town itself) or xyz:URL of a tile service of your region.",
)
MAP_ATTRIBUTION = setting("VICINIA_MAP_ATTRIBUTION", str, "", "Credit line shown on maps.")

# Sign-in -------------------------------------------------------------------------------------------------------
SECOND_FACTOR = setting("VICINIA_SECOND_FACTOR", bool, not DEMO, "Staff must sign in with a second factor.")
SESSION_HOURS = setting("VICINIA_SESSION_HOURS", int, 10, "Hours after which staff sign in again.")

# Mail ----------------------------------------------------------------------------------------------------------
EMAIL_URL = setting(
    "VICINIA_EMAIL_URL",
    str,
    "consolemail://",
    "How e-mail leaves: smtp+tls://user:password@host:587, or consolemail://.",
)
DEFAULT_FROM_EMAIL = setting("VICINIA_FROM_EMAIL", str, "Vicinia <vicinia@localhost>", "Sender of e-mail.")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20  # seconds; a worker must not wait for ever on a mail server that says nothing
_mail = environ.Env.email_url_config(EMAIL_URL)
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_BACKEND"], _mail["EMAIL_HOST"], _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
SMS_URL = setting(
    "VICINIA_SMS_URL",
    str,
    "",
    "Where text messages leave: an https address that takes {id, to, text} as JSON by POST. Unset: no text messages.",
)
SMS_TOKEN = setting("VICINIA_SMS_TOKEN", str, "", "Key of that gateway, sent as `Authorization: Bearer`.")
if SMS_URL and not SMS_URL.startswith("https://"):
    raise environ.ImproperlyConfigured("VICINIA_SMS_URL: must start with https://")

# Files ---------------------------------------------------------------------------------------------------------
ATTACHMENT_MAX_MB = setting(
    "VICINIA_ATTACHMENT_MAX_MB", int, 15, "Largest file that may be attached, in megabytes."
)
ATTACHMENT_MAX_PIXELS = setting(
    "VICINIA_ATTACHMENT_MAX_PIXELS", int, 50_000_000, "Largest picture that is decoded, in pixels."
)

# Database ------------------------------------------------------------------------------------------------------
DATABASE_URL = setting(
    "VICINIA_DATABASE_URL",
    str,
    f"sqlite:///{HOME / 'vicinia.sqlite3'}",
    "SQLite file or postgres://user:password@host/name.",
)
DATABASES: dict[str, dict[str, Any]] = {"default": environ.Env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at once, so that two writers queue instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# Program -------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.admin",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "vicinia.foundation.look",  # before allauth: its pages are drawn with our templates
    "vicinia.foundation.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_filters",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "vicinia.foundation.kernel",
    "vicinia.foundation.journal",
    "vicinia.foundation.attachments",
    "vicinia.foundation.search",
    "vicinia.foundation.documents",
    "vicinia.foundation.notifications",
    "vicinia.domain.territory",
    "vicinia.domain.people",
    "vicinia.domain.network",
    "vicinia.domain.listening",
    "vicinia.domain.outreach",
    "vicinia.domain.casework",
    "vicinia.domain.problems",
    "vicinia.domain.referrals",
    "vicinia.domain.letters",
    "vicinia.domain.risk",
    "vicinia.domain.outcomes",
    "vicinia.domain.enforcement",
    "vicinia.domain.reviews",
    "vicinia.domain.presence",
    "vicinia.domain.helpdesk",
    "vicinia.domain.mediation",
    "vicinia.domain.agreements",
    "vicinia.domain.meetings",
    "vicinia.domain.assemblies",
    "vicinia.domain.worksites",
    "vicinia.domain.mobility",
    "vicinia.domain.participation",
    "vicinia.domain.commons",
    "vicinia.domain.programme",
    "vicinia.domain.elections",
    "vicinia.domain.foresight",
    "vicinia.interfaces.portal",
    "vicinia.interfaces.desk",
    "vicinia.interfaces.partner",
    "vicinia.interfaces.statistics",
    "vicinia.interfaces.api",
    "vicinia.interfaces.administration",
    "vicinia.demo",
    "vicinia.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vicinia.foundation.accounts.middleware.ActorMiddleware",
    "vicinia.foundation.accounts.middleware.SecondFactorMiddleware",
    "vicinia.foundation.look.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "vicinia.config.urls"
WSGI_APPLICATION = "vicinia.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "vicinia.foundation.look.context.town",
            ],
            "builtins": ["vicinia.foundation.look.templatetags.look"],
        },
    }
]
FORM_RENDERER = "vicinia.foundation.look.forms.Renderer"

LANGUAGE_CODE = "it"
LANGUAGES = [("it", "Italiano"), ("en", "English")]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE = setting("VICINIA_TIME_ZONE", str, "Europe/Rome", "Time zone of the town.")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "vicinia.foundation.attachments.storage.DurableStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Attachments are private: nothing serves this folder but the permission-checked view.
MEDIA_ROOT = HOME / "attachments"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/oggi"
LOGOUT_REDIRECT_URL = "/"
# allauth: e-mail and password, then a code or a passkey; nobody signs up by themselves.
ACCOUNT_ADAPTER = "vicinia.foundation.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # who is invited by e-mail has shown that the address is theirs
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_FORMS = {
    "login": "vicinia.foundation.accounts.forms.LoginForm",
    "reset_password": "vicinia.foundation.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "vicinia.foundation.accounts.forms.ResetPasswordKeyForm",
    "change_password": "vicinia.foundation.accounts.forms.ChangePasswordForm",
    "set_password": "vicinia.foundation.accounts.forms.SetPasswordForm",
    "reauthenticate": "vicinia.foundation.accounts.forms.ReauthenticateForm",
}
MFA_ADAPTER = "vicinia.foundation.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a code typed slowly is still good; a used one never is (see accounts/forms.py)
MFA_FORMS = {
    "authenticate": "vicinia.foundation.accounts.forms.AuthenticateForm",
    "reauthenticate": "vicinia.foundation.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "vicinia.foundation.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "vicinia.foundation.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "vicinia.foundation.accounts.forms.EditPasskeyForm",
}
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Subdomains and preload lists are the municipality's own decision: they bind sites that are not Vicinia.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"  # private links must not leak through the Referer header
X_FRAME_OPTIONS = "DENY"

_tiles = [MAP_BASE.removeprefix("xyz:").split("{")[0]] if MAP_BASE.startswith("xyz:") else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *_tiles],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# JSON only, no browsable pages; who calls is known by key or session (interfaces/api/authentication.py).
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["vicinia.interfaces.api.authentication.Caller"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "vicinia.interfaces.api.problems.handle",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Vicinia",
    "VERSION": "1",
    "DESCRIPTION": "Reports and cases of a neighbourhood unit. See docs/api.md.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [],  # choices stay where they are used: no invented names
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "vicinia.foundation.kernel.logs.LineFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"vicinia": {"level": "INFO"}},
}
