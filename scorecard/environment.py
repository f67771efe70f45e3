"""What differs between machines, read from the environment and .env.

Variables and their meaning: .env.example. A wrong value stops the start with a sentence.
"""

import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")
env = environ.Env()

MAIL_SECONDS = 10  # a mail server that says nothing for so long counts as absent
MAIL_SCHEMES = ("smtp", "smtp+tls", "smtp+ssl", "consolemail", "filemail")
ENTRA_NAMES = ("ENTRA_TENANT", "ENTRA_CLIENT_ID", "ENTRA_CLIENT_SECRET")
# Names under which Microsoft signs in people of any organisation, or of none.
ENTRA_OPEN_TENANTS = ("common", "organizations", "consumers")


def env_bool(name: str, *, default: bool) -> bool:
    """Read True or False from the environment. Any other text stops the start-up."""
    text = os.environ.get(name, str(default))
    if text not in ("True", "False"):
        raise ImproperlyConfigured(f"{name}={text!r}: write True or False.")
    return text == "True"


def env_number(name: str, *, default: int) -> int:
    text = os.environ.get(name, str(default))
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name}={text!r}: write a number, 0 or more.")
    return int(text)


def env_secret_key(*, debug: bool) -> str:
    key = env.str("SECRET_KEY", default="only-for-development" if debug else "")
    if not key:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set: put a long random text into the environment or .env."
        )
    return key


def env_database() -> dict:
    """Read DATABASE_URL and add what each kind of database needs to lose nothing."""
    url = os.environ.get("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
    scheme = url.split(":", 1)[0]
    if scheme == "sqlite":
        # Without IMMEDIATE, two people saving at once get "database is locked" at once.
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Without recursive triggers, INSERT OR REPLACE gets past those that refuse a DELETE.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA recursive_triggers=ON;"
            ),
        }
        # Opening the file reads the whole schema: dearer than most pages' queries together.
        return environ.Env.db_url_config(url) | {"OPTIONS": options, "CONN_MAX_AGE": 60}
    if scheme in ("postgres", "postgresql"):
        options = {
            "options": "-c statement_timeout=15000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=30000"
        }
        return environ.Env.db_url_config(url) | {
            "OPTIONS": options,
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL begins with {scheme!r}: write sqlite:///FILE or postgres://USER@HOST/NAME."
    )


def env_evidence(*, on_disk: str = "evidence.storage.DurableFileSystemStorage") -> dict:
    """Say where files lie: in the folder MEDIA_ROOT, or in the bucket of an S3 store."""
    bucket = env.str("EVIDENCE_BUCKET", default="")
    if not bucket:
        return {"BACKEND": on_disk}
    if find_spec("storages") is None:
        raise ImproperlyConfigured(
            "EVIDENCE_BUCKET is set: install what it needs with "
            "pip install -r requirements-s3.txt, or remove it."
        )
    options = {
        "bucket_name": bucket,
        "endpoint_url": env.str("EVIDENCE_ENDPOINT", default="") or None,
        "region_name": env.str("EVIDENCE_REGION", default="") or None,
        "file_overwrite": False,
        "max_memory_size": 2_621_440,  # larger files pass through the disk
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def env_mail() -> dict:
    """Read EMAIL_URL as Django's EMAIL_ settings. Without it, mails go to the server's output."""
    url = env.str("EMAIL_URL", default="consolemail://")
    scheme = url.split(":", 1)[0]
    if scheme not in MAIL_SCHEMES:
        # The rest of the address may hold a password, so it is not repeated here.
        raise ImproperlyConfigured(
            f"EMAIL_URL begins with {scheme!r}: write smtp+tls://USER:PASSWORD@HOST:587, "
            "smtp+ssl://USER:PASSWORD@HOST:465, smtp://HOST:25, filemail:///FOLDER or consolemail://"
        )
    config = environ.Env.email_url_config(url)
    names = {name: value for name, value in config.items() if name.startswith("EMAIL_")}
    if scheme == "filemail":  # which would be read as a path from where the server was started
        names["EMAIL_FILE_PATH"] = unquote(urlsplit(url).path)
    return names | {"EMAIL_TIMEOUT": MAIL_SECONDS}


def env_entra() -> dict | None:
    """Read the Microsoft Entra application as allauth wants it; None when there is none."""
    tenant, client_id, secret = values = [env.str(name, default="") for name in ENTRA_NAMES]
    if not any(values):
        return None
    if missing := [name for name, value in zip(ENTRA_NAMES, values, strict=True) if not value]:
        raise ImproperlyConfigured(
            f"{', '.join(missing)} not set: sign-in by Microsoft needs "
            f"{', '.join(ENTRA_NAMES)}, all three or none."
        )
    if tenant.lower() in ENTRA_OPEN_TENANTS:
        raise ImproperlyConfigured(
            f"ENTRA_TENANT={tenant!r} lets in people of any organisation: "
            "write the id of your organisation's tenant."
        )
    return entra_app(f"https://login.microsoftonline.com/{tenant}/v2.0", client_id, secret)


def entra_app(server_url: str, client_id: str, secret: str) -> dict:
    return {
        "provider_id": "entra",
        "name": "Microsoft",
        "client_id": client_id,
        "secret": secret,
        # The person is who the ID token says: its issuer, audience and date are checked.
        "settings": {
            "server_url": server_url,
            "fetch_userinfo": False,
            "oauth_pkce_enabled": True,
        },
    }


def origin(url: str) -> str:
    """Scheme and host of an address, as a content security policy names them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
