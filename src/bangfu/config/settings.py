"""Django settings. Everything an operator sets comes from the environment (docs: settings)."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from django.contrib.messages import constants

from bangfu.config.database import database_from
from bangfu.config.home import find_home, find_keys, read_or_make_secret

BANGFU_HOME = find_home()
BANGFU_KEYS = find_keys(BANGFU_HOME)
BANGFU_DEMO = (BANGFU_HOME / "demo.json").exists()
BANGFU_CHECKPOINTS = Path(
    os.environ.get("BANGFU_CHECKPOINTS") or BANGFU_HOME.with_name(BANGFU_HOME.name + "-checkpoints")
)
# What the public's pages name at their foot; what is not set is not shown.
BANGFU_PUBLIC = {
    "host": os.environ.get("BANGFU_PUBLIC_HOST", ""),
    "operator": os.environ.get("BANGFU_PUBLIC_OPERATOR", ""),
    "site_code": os.environ.get("BANGFU_PUBLIC_SITE_CODE", ""),
    "icp": os.environ.get("BANGFU_PUBLIC_ICP", ""),
    "security": os.environ.get("BANGFU_PUBLIC_SECURITY", ""),
    "phone": os.environ.get("BANGFU_PUBLIC_PHONE", "12317"),
}
BANGFU_BEHIND_PROXY = os.environ.get("BANGFU_BEHIND_PROXY", "") == "1"
_PACKAGE = Path(str(files("bangfu")))

DEBUG = False
SECRET_KEY = os.environ.get("BANGFU_SECRET_KEY") or read_or_make_secret(
    BANGFU_KEYS, "django-secret"
)
ALLOWED_HOSTS = os.environ.get("BANGFU_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
# Where the public reaches this installation; it stands on every issued paper.
BANGFU_PUBLIC_ADDRESS = os.environ.get("BANGFU_PUBLIC_ADDRESS", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [each for each in os.environ.get("BANGFU_ORIGINS", "").split(",") if each]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "bangfu.foundation.ui",
    "bangfu.foundation.accounts",
    "bangfu.foundation.access",
    "bangfu.foundation.audit",
    "bangfu.foundation.jobs",
    "bangfu.foundation.files",
    "bangfu.foundation.importing",
    "bangfu.foundation.pages",
    "bangfu.foundation.documents",
    "bangfu.policy",
    "bangfu.registry",
    "bangfu.places",
    "bangfu.teams",
    "bangfu.procedures",
    "bangfu.changes",
    "bangfu.exchange",
    "bangfu.screening",
    "bangfu.attendance",
    "bangfu.meetings",
    "bangfu.plans",
    "bangfu.cases",
    "bangfu.portal",
    "bangfu.shell",
    "bangfu.config",
    "bangfu.synthetic",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "bangfu.foundation.ui.security.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bangfu.foundation.access.middleware.ActorOfRequest",
]

ROOT_URLCONF = "bangfu.config.urls"
WSGI_APPLICATION = "bangfu.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bangfu.foundation.ui.frame.frame",
            ],
        },
    }
]

DATABASES = {"default": database_from(os.environ.get("BANGFU_DATABASE_URL", ""), BANGFU_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "shell:login"
LOGIN_REDIRECT_URL = "shell:home"
LOGOUT_REDIRECT_URL = "shell:login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
SESSION_COOKIE_HTTPONLY = True
# A working day, and no longer than the browser stays open.
SESSION_COOKIE_AGE = 9 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("BANGFU_HTTPS", "") == "1"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "bangfu.shell.web.errors.forged"
# The kinds of note on a page: done, near a limit, act today.
MESSAGE_TAGS = {constants.SUCCESS: "done", constants.WARNING: "risky", constants.ERROR: "today"}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [_PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

BANGFU_ASSETS = _PACKAGE / "assets"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BANGFU_ASSETS] if BANGFU_ASSETS.is_dir() else []
# The wheel's files are served where they lie: their names carry a hash already.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/build/.+-[\w-]{8}\.(css|js|svg|woff2)$"

DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"standard_error": {"class": "logging.StreamHandler"}},
    "root": {
        "handlers": ["standard_error"],
        "level": os.environ.get("BANGFU_LOG_LEVEL", "WARNING"),
    },
}
