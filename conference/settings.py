"""Every setting, read from the environment. With DEBUG=1 nothing else is needed; see .env.example."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from conference import logs
from conference.starting import addresses_from, hosts_from, number_from, refuse

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))
_ = str  # marks a sentence for locale/


def claim(name, default=False):
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def listed(name, default=""):
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


DEBUG = claim("DEBUG")
SECRET_KEY = os.environ.get("SECRET_KEY") or ("only-for-development" if DEBUG else "")
if not SECRET_KEY:
    refuse(_("Set SECRET_KEY to a long random text, or DEBUG=1 to try Plenum out."))

ALLOWED_HOSTS = hosts_from("ALLOWED_HOSTS", listed("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]" if DEBUG else ""))
if not ALLOWED_HOSTS:
    refuse(_("Set ALLOWED_HOSTS to the host names of the site, separated by commas."))
PORT = os.environ.get("PORT", "8000")
# Addresses in pages, feeds and calendars never depend on the request, so that an answer is the same for everybody.
PUBLIC_URL = os.environ.get("PUBLIC_URL") or (
    f"http://127.0.0.1:{PORT}" if DEBUG else f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
)
PUBLIC_URL = addresses_from("PUBLIC_URL", [PUBLIC_URL])[0].rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL, *addresses_from("CSRF_TRUSTED_ORIGINS", listed("CSRF_TRUSTED_ORIGINS"))]

INSTALLED_APPS = [
    "modeltranslation",  # before the admin
    "programme",
    "speakers",
    "sessions",
    "conference",
    "conference.admin_app.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "reversion",
]
MIDDLEWARE = [
    "programme.middleware.PublicPages",  # answers everything the public reads; the rest is for staff
    "conference.safety.careful",
    "conference.health.answer_probes",
    "conference.logs.Told",
    "conference.metrics.count_staff",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "conference.middleware.NorwegianIsBokmal",
    "django.middleware.locale.LocaleMiddleware",
    "conference.middleware.NoNul",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "conference.audit.WhoAsks",
    "conference.sign_in.Gate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "conference.urls"
WSGI_APPLICATION = "conference.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # finds our own inputs in templates/

# --- Storage
try:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    refuse(
        _("VAR_DIR (%(folder)s) cannot be made: %(error)s. Give the user that runs Plenum the right to."),
        folder=VAR_DIR,
        error=error.strerror,
    )
DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'plenum.sqlite3'}"
if not DATABASE_URL.startswith(("postgres://", "postgresql://", "sqlite:///")):
    refuse(_("DATABASE_URL begins with postgres:// or sqlite:///, such as postgres://user:password@host:5432/plenum."))
try:
    DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600, conn_health_checks=True)}
except ValueError:
    refuse(_("DATABASE_URL cannot be read. In its password, @ is written as “%%40”, and other signs likewise."))
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,  # seconds
        "keepalives_idle": 10,  # a server that is gone without a word is missed after 25 seconds, not after hours
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 25_000,  # milliseconds
    } | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))
MEDIA_URL = "/media/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", VAR_DIR / "static"))
STATIC_URL = "/static/"
# Kept pages as files, for nginx; see programme/on_disk.py.
PAGES_DIR = Path(os.environ["PAGES_DIR"]) if os.environ.get("PAGES_DIR") else None
BACKUP_DIR = Path(os.environ.get("BACKUP_DIR", VAR_DIR / "backups"))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site is meant to use our files
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "conference.static_files.Slim"
    },
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # one form holds a session, its parts, people and questions in every language

# --- Languages: docs/languages.md says how to add one
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"), ("fr", "Français")]
LANGUAGE_CODE = "nb"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["conference.date_formats"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "nb"
MODELTRANSLATION_FALLBACK_LANGUAGES = {
    "default": ("nb", "en"),
    "nb": ("nn", "en"),
    "nn": ("nb", "en"),
}
TIME_ZONE = "UTC"
USE_TZ = True

# --- Staff
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # the audit log has it
AXES_CLIENT_IP_CALLABLE = "conference.visitors.network_of"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "csrfmiddlewaretoken"]  # never kept with an attempt
SECOND_FACTOR = os.environ.get("SECOND_FACTOR") or "optional"
if SECOND_FACTOR not in ("optional", "required"):
    refuse(_("SECOND_FACTOR is either optional or required."))
OTP_TOTP_ISSUER = f"Plenum {urlsplit(PUBLIC_URL).hostname}"  # the name in the app of whoever signs in
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # scripts read the token from the form
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 7
AUDIT_DAYS = number_from("AUDIT_DAYS", 400)  # for how long entries of the audit log are kept

# --- Safety
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if claim("BEHIND_PROXY") else None
SECURE_SSL_REDIRECT = claim("SECURE_SSL_REDIRECT")
SECURE_HSTS_SECONDS = number_from("SECURE_HSTS_SECONDS", 0 if DEBUG else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = claim("SECURE_HSTS_INCLUDE_SUBDOMAINS")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # whether other hosts below this one speak HTTPS is their operator's to say
    "security.W008",  # the proxy redirects to HTTPS; where there is none, SECURE_SSL_REDIRECT
    "security.W021",  # as W005
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOG_FORMAT = os.environ.get("LOG_FORMAT") or ("line" if DEBUG else "json")
LOG_LEVEL = (os.environ.get("LOG_LEVEL") or "WARNING").upper()
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR"):
    refuse(_("LOG_LEVEL is DEBUG, INFO, WARNING or ERROR."))
LOGGING = logs.configuration(LOG_LEVEL, as_json=LOG_FORMAT == "json")
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")  # without it, /metrics is only for this machine
