"""The demo, as everybody sees it after `make demo`, and people to look at it with."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from assessments.models import Assessment

EDITIONS = ["unct-swap-2018", "unct-swap-2023"]


@pytest.fixture
def demo(live_server):
    """The demo's assessment, loaded as the administrator of a new site loads it."""
    for edition in EDITIONS:
        path = settings.BASE_DIR / "fixtures" / f"{edition}.yaml"
        call_command("load_framework", path, stdout=StringIO())
    call_command("load_demo", stdout=StringIO())
    return Assessment.objects.get(team__code="KAZ", year=2022)


@pytest.fixture
def coordinator(demo):
    return User.objects.get(email="coordinator@kaz.example.org")


@pytest.fixture
def open_without_scripts(browser, live_server, site_at_rest, signed_in):
    """Return a function that opens a page with JavaScript switched off, signed in as a person."""
    contexts = []

    def open_without_scripts(user):
        context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
        contexts.append(context)
        return signed_in(context.new_page(), user)

    yield open_without_scripts
    for context in contexts:
        context.close()
