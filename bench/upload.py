"""Twenty people uploading 20 MB each at once: python -m bench.upload

Starts the site as make demo does (gunicorn, 2 workers of 4 threads) with a database and folders
of its own, signs in, and sends all files at the same time. Counted: answers, seconds, files that
arrived as they were sent, and the most memory that each server process ever had, before and
after: an upload passes through in parts, so it must hardly rise.
"""

import argparse
import hashlib
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PATH = "/teams/KAZ/evidence/upload/"
MEGABYTE = 1024 * 1024
BOUNDARY = "----between-the-parts-of-this-measurement"
MOST_MORE = 20  # megabytes by which the peak of a process may rise; one file in memory is more
SIGN_IN = """
from django.test import Client
from accounts.models import User
client = Client()
client.force_login(User.objects.get(email="coordinator@kaz.example.org"))
print(client.cookies["sessionid"].value)
"""
COUNT = """
from evidence.models import Document
print(*Document.objects.filter(title__startswith="bench").values_list("sha256", flat=True))
"""


class Site:
    """The site on a port and in folders of its own."""

    def __init__(self, folder: Path):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        (folder / "temporary").mkdir()
        self.temporary = folder / "temporary"
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "scorecard.settings",
            "SECRET_KEY": "only-for-this-measurement",
            "DEBUG": "False",
            "HTTPS": "False",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            "MEDIA_ROOT": str(folder / "media"),
            "TMPDIR": str(self.temporary),
        }

    def manage(self, *arguments) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=PROJECT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout.strip()

    def prepare(self):
        self.manage("migrate", "--verbosity", "0")
        self.manage("load_framework", "fixtures/unct-swap-2018.yaml")
        self.manage("load_demo")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.session = self.manage("shell", "--verbosity", "0", "-c", SIGN_IN).splitlines()[-1]

    def start(self):
        command = [
            sys.executable, "-m", "gunicorn", "--workers", "2", "--threads", "4",
            "--bind", f"127.0.0.1:{self.port}", "--log-level", "warning", "scorecard.wsgi",
        ]  # fmt: skip
        self.server = subprocess.Popen(command, cwd=PROJECT, env=self.environment)
        for _attempt in range(100):
            try:
                return self.get(PATH)
            except OSError:
                time.sleep(0.2)
        raise SystemExit("The site does not answer.")

    def stop(self):
        self.server.terminate()
        self.server.wait()

    def get(self, path) -> tuple[str, str]:
        """Return the CSRF cookie and the token of the form on the page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Cookie": f"sessionid={self.session}"})
        response = connection.getresponse()
        page = response.read().decode()
        cookie = re.search(r"csrftoken=(\w+)", response.getheader("Set-Cookie")).group(1)
        return cookie, re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)

    def send(self, number, payload, cookie, token) -> tuple[int, str]:
        """Upload one file of its own content; return the status and the sum of what was sent."""
        file = b"%%PDF-1.7 %d\n" % number + payload + b"\n%%EOF\n"
        body = [_head(token, number), file, f"\r\n--{BOUNDARY}--\r\n".encode()]
        headers = {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(sum(map(len, body))),
            "Cookie": f"sessionid={self.session}; csrftoken={cookie}",
            "HX-Request": "true",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request("POST", PATH, body=iter(body), headers=headers)
        return connection.getresponse().status, hashlib.sha256(file).hexdigest()

    def peaks(self) -> dict[int, float]:
        """The most memory that each process of the server ever had, in megabytes."""
        pids = [self.server.pid, *_children(self.server.pid)]
        return {pid: _peak(pid) for pid in pids}


def _head(token, number):
    fields = {"csrfmiddlewaretoken": token, "confidentiality": "team"}
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    file = f'form-data; name="files"; filename="bench {number}.pdf"'
    parts.append(f"--{BOUNDARY}\r\nContent-Disposition: {file}\r\n\r\n")
    return "".join(parts).encode()


def _children(pid):
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in path.read_text().split()]


def _peak(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024


def measure(site, uploads, megabytes) -> bool:
    """Print what happened; whether all arrived and the memory stayed flat."""
    cookie, token = site.start()
    for _visit in range(20):  # so that both workers have loaded what they need
        site.get(PATH)
    for number in range(-8, 0):
        site.send(number, b"small", cookie, token)
    before = site.peaks()
    payload = os.urandom(megabytes * MEGABYTE - 1024)
    begin = time.perf_counter()
    with ThreadPoolExecutor(uploads) as people:
        answers = list(
            people.map(lambda number: site.send(number, payload, cookie, token), range(uploads))
        )
    seconds = time.perf_counter() - begin
    after = site.peaks()
    stored = set(site.manage("shell", "--verbosity", "0", "-c", COUNT).split())
    arrived = sum(sha256 in stored for _status, sha256 in answers)
    statuses = Counter(status for status, _sha256 in answers)
    print(f"{uploads} uploads of {megabytes} MB at once: {seconds:.1f} s, ", end="")
    print(f"{uploads * megabytes / seconds:.0f} MB/s")
    print("answers:", ", ".join(f"{count} x {status}" for status, count in statuses.items()))
    print(f"stored as sent: {arrived} of {uploads}")
    print(f"temporary files left: {len(list(site.temporary.iterdir()))}")
    for pid in before:
        kind = "master" if pid == site.server.pid else "worker"
        print(f"{kind} {pid}: peak {before[pid]:.0f} MB before, {after[pid]:.0f} MB after")
    rise = max(after[pid] - before[pid] for pid in before)
    return arrived == uploads and rise <= MOST_MORE


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--uploads", type=int, default=20)
    parser.add_argument("--megabytes", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        site = Site(Path(folder))
        site.prepare()
        try:
            is_good = measure(site, options.uploads, options.megabytes)
        finally:
            site.stop()
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
