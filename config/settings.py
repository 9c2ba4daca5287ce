"""The only reader of the environment. docs/operations.md lists every name read here."""

from pathlib import Path

from config import languages
from config.browser_maps import TILES, add_headers, folder_of, origin_of
from config.environment import (
    LOOPBACK_HOSTS,
    database_from_url,
    env_bool,
    env_choice,
    env_int,
    env_list,
    env_text,
    kept_secret,
)
from config.start import check_demo, check_production
from tracker import __version__

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env_text("NOREN_VAR", str(BASE_DIR / "var")))

MODE = env_choice("NOREN_MODE", "embedded", ("embedded", "production"))
PRODUCTION = MODE == "production"
DEMO = env_bool("NOREN_DEMO", False)
DEBUG = env_bool("NOREN_DEBUG", False)
TRUST_PROXY = env_bool("TRUST_PROXY", False)

SECRET_KEY = env_text("SECRET_KEY") or ("" if PRODUCTION else kept_secret(VAR_DIR / "secret_key"))
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", () if PRODUCTION else LOOPBACK_HOSTS)
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", ())
DATABASE_URL = env_text("DATABASE_URL") or ("" if PRODUCTION else f"sqlite:///{VAR_DIR}/noren.db")
HAS_REDIS = bool(env_text("REDIS_URL"))  # else `serve` starts one of its own
REDIS_URL = env_text("REDIS_URL") or ("" if PRODUCTION else "redis://127.0.0.1:6379/0")

REQUIRED = {
    "SECRET_KEY": SECRET_KEY,
    "ALLOWED_HOSTS": ALLOWED_HOSTS,
    "DATABASE_URL": DATABASE_URL,
    "REDIS_URL": REDIS_URL,
}
if PRODUCTION:
    check_production(REQUIRED, is_debug=DEBUG)
if DEMO:
    check_demo(ALLOWED_HOSTS, is_production=PRODUCTION)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "rest_framework",
    "knox",
    "tracker",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.web.explore.map_data.MapDataMiddleware",
    "tracker.web.site.headers.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tracker.web.site.languages.ReaderLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tracker.web.site.devices.DeviceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tracker.web.site.guard.PermissionMiddleware",
    "tracker.web.site.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tracker.web.site.context.site",
            ],
        },
    },
]

DATABASES = {"default": database_from_url(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits of the sign-in page live in the database, so that they hold while Redis is away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # beyond it the oldest go: limits must not
    }
}

AUTH_USER_MODEL = "tracker.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "tracker.web.site.sign_in.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = True

LANGUAGE_CODE = languages.DEFAULT
LANGUAGES = [*languages.LANGUAGES.items()]
LOCALE_PATHS = [BASE_DIR / "tracker" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.HashedModules"},
}
PHOTO_ROOT = Path(env_text("PHOTO_ROOT", str(VAR_DIR / "photos")))
PHOTO_MAX_BYTES = env_int("PHOTO_MAX_BYTES", 12_000_000)
PHOTO_MAX_PIXELS = env_int("PHOTO_MAX_PIXELS", 50_000_000)
PHOTO_DECODE_SECONDS = env_int("PHOTO_DECODE_SECONDS", 10)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# A photo that may be used never lies in a temporary folder, which may be full or shared.
FILE_UPLOAD_MAX_MEMORY_SIZE = PHOTO_MAX_BYTES + 1_000_000
NPM_DIR = Path(env_text("NPM_DIR", str(BASE_DIR / "node_modules")))
# Browser libraries come from npm at set-up; only what a page imports is collected.
STATICFILES_DIRS = [("idb", NPM_DIR / "idb" / "build")] if (NPM_DIR / "idb").is_dir() else []
# maplibre-gl paints maps that can be moved, on demand; it is the one library with patterns and
# a strict content policy. It lies in a folder of its version, under the names that it came with.
MAPLIBRE = folder_of(NPM_DIR / "maplibre-gl")
STATICFILES_DIRS += [(MAPLIBRE, NPM_DIR / "maplibre-gl" / "dist")] if MAPLIBRE else []
STATICFILES_FINDERS = [
    "config.browser_maps.NeededFiles",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_ADD_HEADERS_FUNCTION = add_headers
# The ground under the squares of a map that can be moved: the wards alone, or tiles with streets.
BASEMAP_TILES = TILES[env_choice("BASEMAP", "none", tuple(TILES))]
PUBLIC_URL = env_text("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
EXTRACT_ROOT = Path(env_text("EXTRACT_ROOT", str(VAR_DIR / "extracts")))
PICTURE_ROOT = Path(env_text("PICTURE_ROOT", str(VAR_DIR / "maps")))
RELEASE_ROOT = Path(env_text("RELEASE_ROOT", str(VAR_DIR / "releases")))
MAP_DATA_ROOT = Path(env_text("MAP_DATA_ROOT", str(VAR_DIR / "map_data")))
# Private keys that open what phones sealed; every web process and worker needs the same folder.
SEAL_KEYS = Path(env_text("SEAL_KEYS", str(VAR_DIR / "seal_keys")))
# 1 makes installed field apps remove their service worker and its caches at their next start.
FIELD_APP_OFF = env_bool("FIELD_APP_OFF", False)

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
# Above the hard time limit, or a long task would run twice at once.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    # A notifies to a broker that is away must fail at once: the sweeper will do the work,
    # and a person is waiting for the page. Without these kombu tries for six seconds.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["tracker.api.guard.TablePermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "tracker.api.problems.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    # Whose address counts: that of the connection, or what our own proxy says of it.
    "NUM_PROXIES": 1 if TRUST_PROXY else 0,
}
KNOX_TOKEN_MODEL = "knox.AuthToken"  # noqa: S105  # the name of a model
REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_PREFIX": "noren_"}
# Requests a minute to the API for analysts: of an address, and of a token or a person.
API_RATE_ADDRESS = env_int("API_RATE_ADDRESS", 60)
API_RATE_TOKEN = env_int("API_RATE_TOKEN", 600)
SPECTACULAR_SETTINGS = {
    "TITLE": "Noren",
    "VERSION": __version__,
    "OAS_VERSION": "3.1.0",
    "PREPROCESSING_HOOKS": ["tracker.api.docs.schema.for_analysts"],
    "POSTPROCESSING_HOOKS": ["tracker.api.docs.schema.with_shapes"],
    "SORT_OPERATION_PARAMETERS": False,
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = env_bool("SECURE_SSL_REDIRECT", PRODUCTION)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# No inline script or style anywhere: every page is written to live under this policy.
_TILES_FROM = f" {origin_of(BASEMAP_TILES)}" if BASEMAP_TILES else ""
CONTENT_POLICY = (
    f"default-src 'self'; img-src 'self' data: blob:{_TILES_FROM}; "
    f"connect-src 'self'{_TILES_FROM}; worker-src 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # What a package will change one day is for developers, and every test fails on it.
    "loggers": {"py.warnings": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": env_text("LOG_LEVEL", "WARNING")},
}
