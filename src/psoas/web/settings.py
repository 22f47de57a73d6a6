"""Django's settings. Everything that differs between installations comes from the environment.

PSOAS_DATA      the data folder (default: the user's own)
PSOAS_DATABASE  postgresql://user:password@host:port/name, or nothing for SQLite in the data folder
PSOAS_HOSTS     names under which a clinic's server is reached, separated by commas; nothing = this machine only
PSOAS_DEMO      1 = the demonstration: its made-up people can be chosen
PSOAS_CLOCK     a file that holds an instant, read as "now": for tests and the demo
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONE, SELF

from psoas.storage.place import Place

PLACE = Place.chosen()
CLOCK = os.environ.get("PSOAS_CLOCK", "")
DEMO = os.environ.get("PSOAS_DEMO") == "1"
HOSTS = [host for host in os.environ.get("PSOAS_HOSTS", "").split(",") if host]
HOME_MODE = not HOSTS

DEBUG = False
SECRET_KEY = PLACE.secret() if PLACE.folder.exists() else secrets.token_urlsafe(48)
ALLOWED_HOSTS = HOSTS or ["127.0.0.1", "localhost", "[::1]"]
ROOT_URLCONF = "psoas.web.urls"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "psoas.storage",
    "psoas.web",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "psoas.web.guard.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "psoas.web.guard.BodySizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "psoas.web.guard.DoorMiddleware",
    "psoas.web.clock.ZoneMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "psoas.web.frame.page"],
            "builtins": ["django.templatetags.static", "psoas.web.templatetags.words"],
        },
    }
]
FORM_RENDERER = "psoas.web.forms.rendering.Renderer"

# ---- accounts and sessions

AUTH_USER_MODEL = "web.Account"
AUTHENTICATION_BACKENDS = ["psoas.web.signing.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
# At home one process serves, so it may remember sessions itself; several processes must ask the database.
SESSION_ENGINE = f"django.contrib.sessions.backends.{'cached_db' if HOME_MODE else 'db'}"
SESSION_COOKIE_NAME = f"psoas-{PLACE.tag}"  # two installations on one machine share a host name, not a session
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not HOME_MODE
CSRF_USE_SESSIONS = True  # one cookie is enough
CSRF_FAILURE_VIEW = "psoas.web.pages.trouble.stale_form"
LOGIN_URL = "/enter/"

# ---- the database


def _database() -> dict[str, object]:
    url = urlsplit(os.environ.get("PSOAS_DATABASE", ""))
    if not url.scheme:
        return _sqlite(PLACE.database)
    socket = parse_qs(url.query).get("host", [""])[0]  # postgresql:///name?host=/folder of a socket
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or socket),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(path: Path) -> dict[str, object]:
    """WAL with IMMEDIATE transactions (DEFERRED fails under WAL); FULL, because a log must survive a power cut."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            "PRAGMA secure_delete=ON;PRAGMA journal_size_limit=67108864;",
        },
    }


DATABASES = {"default": _database()}

# ---- language and time

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
MACHINE_TZ = os.environ.get("TZ", "")  # read here: Django writes TIME_ZONE into it once the settings are read

# ---- static files: named by their content, so a browser may keep them for ever

STATIC_URL = "/static/"
STATIC_ROOT = PLACE.static
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "psoas.web.static_files.NamedByContent"},
}

# ---- what a browser may do with our pages

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" would make browsers send forms with "Origin: null"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
PERMISSIONS_POLICY = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"

# ---- limits of what a browser may send

BODY_LIMIT = 1_000_000  # bytes; an ordinary form is below 20 kB
UPLOAD_LIMIT = 50_000_000  # bytes; only where a record is imported
UPLOAD_PATHS = ("/record/import/",)
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMIT
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.security.csrf": {"level": "ERROR"},
    },
}
