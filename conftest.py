"""What all tests share: fast passwords, own upload folder, and a browser.

The environment that the settings read under test stands in pytest.ini.
"""

import time
from pathlib import Path
from threading import Lock

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import sync_playwright

# "steady" takes the same examples every time, so that a change is judged by what it changes;
# pytest --hypothesis-profile=exploring looks for new ones, for long. How long one takes is no test.
PROFILES = {
    "steady": {"derandomize": True, "max_examples": 100, "stateful_step_count": 20},
    "exploring": {"derandomize": False, "max_examples": 1000, "stateful_step_count": 50},
}
for name, numbers in PROFILES.items():
    hypothesis_settings.register_profile(
        name, deadline=None, suppress_health_check=[HealthCheck.too_slow], **numbers
    )
hypothesis_settings.load_profile("steady")

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}  # a desktop at 400 % zoom
SCREENSHOTS = Path(__file__).parent / ".screenshots"


@pytest.fixture(autouse=True)
def _settings_for_tests(settings, tmp_path):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    # File names without a hash, so that tests need no collectstatic.
    settings.STORAGES = django_settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def catalogue(monkeypatch):
    """The words of another language, to be filled: how the site now says a text."""
    words = {}
    monkeypatch.setattr(
        "django.utils.translation._trans.gettext", lambda text: words.get(text, text)
    )
    return words


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """Put the SQLite test database into a file.

    In memory, the site under the browser and the test itself would share one connection:
    a crash as soon as one thread closes what the other uses. For the same reason
    DATABASE_URL in pytest.ini names a file, though that one is never opened.
    """
    database = django_settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = (
            tmp_path_factory.mktemp("database") / "test.sqlite3"
        )


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_are_emptied_between_tests():
    """Take SQLite's triggers away while all tables are emptied after a test with transactions.

    PostgreSQL truncates, which asks no trigger.
    """
    if connection.vendor != "sqlite":
        yield
        return
    operations = type(connection.ops)
    flush = operations.sql_flush

    def flush_without_triggers(self, style, tables, **options):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        dropped = [f"DROP TRIGGER {name}" for name, _sql in triggers]
        return [*dropped, *flush(self, style, tables, **options), *(sql for _name, sql in triggers)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", flush_without_triggers)
        yield


# Browser


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing. Install it: apt-get install chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


class PageProblems:
    """What went wrong in the pages of one test: script errors, blocked or failed requests."""

    def __init__(self):
        self.noted = []
        self.allowed = [
            "/favicon.ico",  # a browser's own wish, on any page that names no icon
            # Bootstrap's own arrow, where a page is looked at before forms.css replaces it.
            "data:image/svg+xml,%3csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3e"
            "%3cpath fill='none' stroke='%23343a40'",
        ]

    def allow(self, text):
        """Expect problems with this text, for example "status of 404"."""
        self.allowed.append(text)

    def unexpected(self):
        return [note for note in self.noted if not any(text in note for text in self.allowed)]


@pytest.fixture
def page_problems():
    """Fail the test at its end if a page had a problem that the test did not allow."""
    problems = PageProblems()
    yield problems
    unexpected = problems.unexpected()
    assert not unexpected, "The browser reported:\n" + "\n".join(unexpected)


class RunningRequests:
    """How many requests the site under the browser is answering at this moment."""

    def __init__(self):
        self._lock = Lock()
        self._count = 0
        request_started.connect(self._started)
        request_finished.connect(self._finished)

    def _started(self, **_signal):
        with self._lock:
            self._count += 1

    def _finished(self, **_signal):
        with self._lock:
            self._count -= 1

    def wait_until_none(self, *, seconds=30, still=0.1):
        """Return once none has run for a moment; fail when they do not end."""
        give_up = time.monotonic() + seconds
        quiet_since = None
        while quiet_since is None or time.monotonic() - quiet_since < still:
            if self._count:
                quiet_since = None
            elif quiet_since is None:
                quiet_since = time.monotonic()
            if time.monotonic() > give_up:
                pytest.fail(f"{self._count} requests still ran {seconds} s after the test.")
            time.sleep(0.01)


@pytest.fixture
def site_at_rest(live_server):
    """Let no request outlive its test.

    A page that is closed leaves behind what it has just sent. If that still writes while the
    database is emptied for the next test, PostgreSQL ends one of the two as a deadlock.
    """
    running = RunningRequests()
    yield
    running.wait_until_none()


@pytest.fixture
def open_page(browser, live_server, site_at_rest, page_problems):
    """Return a function that opens an empty page, each in a browser profile of its own.

    open_page(PHONE).goto("/path/") loads from the test's own site.
    """
    contexts = []

    def open_page(viewport=DESKTOP):
        context = browser.new_context(base_url=live_server.url, viewport=viewport)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        _watch(page, site=live_server.url, note=page_problems.noted.append)
        return page

    yield open_page
    for context in contexts:
        context.close()


def _watch(page, *, site, note):
    """Note script errors, blocked content, failed requests and requests to other sites."""

    def note_console(message):
        if message.type == "error":
            note(f"console: {message.text} ({message.location.get('url')})")

    def note_failed(request):
        # ABORTED is how a download, and polling on a page that is left, look.
        if "ERR_ABORTED" not in (request.failure or ""):
            note(f"request failed: {request.url} {request.failure}")

    def note_elsewhere(request):
        if not request.url.startswith((site, "data:", "blob:")):
            note(f"request to another site: {request.url}")

    page.on("console", note_console)
    page.on("pageerror", lambda error: note(f"script: {error}"))
    page.on("requestfailed", note_failed)
    page.on("request", note_elsewhere)


@pytest.fixture
def page(open_page):
    """An empty page on a desktop screen."""
    return open_page(DESKTOP)


@pytest.fixture
def phone(open_page):
    """An empty page on a phone screen."""
    return open_page(PHONE)


def is_too_wide(page):
    """Whether one has to scroll sideways to read the page."""
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )


@pytest.fixture
def signed_in(live_server, settings):
    """Return a function that signs a user in to a page: signed_in(page, user).goto("/")."""

    def signed_in(page, user):
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]
        )
        return page

    return signed_in


@pytest.fixture
def assert_accessible():
    """Return a function that fails with a list when axe finds anything on a page."""

    def assert_accessible(page):
        # Half-way through a change of colour, a contrast is nobody's.
        page.evaluate("document.getAnimations().forEach((animation) => animation.finish())")
        results = Axe().run(page)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return assert_accessible


@pytest.fixture
def screenshot():
    """Return a function that keeps a picture of a page: screenshot(page, "login-phone")."""

    def screenshot(page, name):
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    return screenshot
