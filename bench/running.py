"""The site on a port, with a database and folders of its own, for many people at once.

Importing it chooses them: SQLite in a temporary folder, or what DATABASE_URL names. The folder goes
when the process ends.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from atexit import register
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="bench-"))
register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "scorecard.settings",
    "SECRET_KEY": "only-for-this-measurement",
    "DEBUG": "False",
    "HTTPS": "False",
    "ALLOWED_HOSTS": "127.0.0.1",
    "MEDIA_ROOT": str(FOLDER / "media"),
}
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER / 'db.sqlite3'}")

import django

django.setup()

from django.core.management import call_command
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

TOKEN = _get_new_csrf_string()


def prepare(*commands: tuple[str, ...]):
    """Migrate and load the edition of 2018, then run these commands, all without a word."""
    start = [("migrate", "--verbosity", "0"), ("load_framework", "fixtures/unct-swap-2018.yaml")]
    with open(os.devnull, "w") as nowhere:
        for command in (*start, *commands):
            call_command(*command, stdout=nowhere)


@contextmanager
def serve() -> Iterator[tuple[subprocess.Popen, int]]:
    """Start the site as make demo does; give the server's process and its port."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    command = ["-m", "gunicorn", "--workers", "2", "--threads", "4", "--keep-alive", "10"]
    address = ["--log-level", "warning", "--bind", f"127.0.0.1:{port}", "scorecard.wsgi"]
    server = subprocess.Popen([sys.executable, *command, *address])
    try:
        _wait_for(port)
        yield server, port
    finally:
        server.terminate()
        server.wait()


def _wait_for(port):
    for _attempt in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("gunicorn did not start.")


def cookies_of(user) -> str:
    """Sign a person in; what their browser sends with each request."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    return f"sessionid={client.session.session_key}; csrftoken={TOKEN}"
