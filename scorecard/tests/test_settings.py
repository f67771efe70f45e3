"""A wrong value in the environment stops the start with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
GOOD = {
    "SECRET_KEY": "only-for-tests",
    "DEBUG": "False",
    "HTTPS": "False",
    "ALLOWED_HOSTS": "localhost",
    "DATABASE_URL": "sqlite:///:memory:",
}

ENTRA = {"ENTRA_TENANT": "t-1", "ENTRA_CLIENT_ID": "c", "ENTRA_CLIENT_SECRET": "s"}


def start(code="import django; django.setup()", **environment):
    """Start the project in a process of its own, with these variables over good ones."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env=os.environ | GOOD | {"DJANGO_SETTINGS_MODULE": "scorecard.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def show(expression, **environment):
    code = f"from django.conf import settings; print(settings.{expression})"
    return start(code, **environment).stdout.strip()


def test_good_values_start():
    started = start()
    assert (started.returncode, started.stderr) == (0, "")


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DEBUG": "yes"}, "DEBUG='yes': write True or False."),
        ({"DEBUG": "true"}, "DEBUG='true': write True or False."),
        ({"DEBUG": ""}, "DEBUG='': write True or False."),
        ({"HTTPS": "on"}, "HTTPS='on': write True or False."),
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set: put a long random text into the environment"),
        (
            {"DATABASE_URL": "mysql://root@localhost/scorecard"},
            "DATABASE_URL begins with 'mysql': write sqlite:///FILE or postgres://USER@HOST/NAME.",
        ),
        ({"DATABASE_URL": "scorecard.db"}, "DATABASE_URL begins with 'scorecard.db': write sqlite"),
        ({"DATABASE_URL": ""}, "DATABASE_URL begins with '': write sqlite:///FILE or postgres"),
        ({"EMAIL_URL": "mail.example.org"}, "EMAIL_URL begins with 'mail.example.org': write smtp"),
        ({"PROXIES": "one"}, "PROXIES='one': write a number, 0 or more."),
        (
            {"ENTRA_TENANT": "t", "ENTRA_CLIENT_ID": "c"},
            "ENTRA_CLIENT_SECRET not set: sign-in by Microsoft needs ENTRA_TENANT, ENTRA_CLIENT_ID",
        ),
        ({"ENTRA_CLIENT_SECRET": "s"}, "ENTRA_TENANT, ENTRA_CLIENT_ID not set: sign-in by Micro"),
        (ENTRA | {"ENTRA_TENANT": "Common"}, "ENTRA_TENANT='Common' lets in people of any organ"),
    ],
)
def test_a_wrong_value_stops_the_start_and_says_what_to_write(environment, sentence):
    started = start(**environment)
    assert started.returncode != 0
    assert started.stderr.splitlines()[-1].startswith(
        f"django.core.exceptions.ImproperlyConfigured: {sentence}"
    )


def test_the_key_for_development_serves_only_with_debug_on(tmp_path):
    without_key = {name: text for name, text in GOOD.items() if name != "SECRET_KEY"}
    code = (
        "import environ; environ.Env.read_env = lambda *_: None; "  # whatever .env says here
        "import os; os.environ.pop('SECRET_KEY', None); import django; django.setup()"
    )
    assert start(code, **without_key | {"DEBUG": "True"}).returncode == 0
    assert "SECRET_KEY is not set" in start(code, **without_key | {"DEBUG": "False"}).stderr


def test_debug_is_off_and_https_on_unless_asked_otherwise():
    code = (
        "import environ; environ.Env.read_env = lambda *_: None; "
        "import os; [os.environ.pop(name, None) for name in ('DEBUG', 'HTTPS')]; "
        "from django.conf import settings as s; print(s.DEBUG, s.SECURE_SSL_REDIRECT)"
    )
    assert start(code).stdout == "False True\n"


def test_cookies_carry_the_host_prefix_only_over_https():
    assert show("SESSION_COOKIE_NAME", HTTPS="True") == "__Host-sid"
    assert show("SESSION_COOKIE_NAME", HTTPS="False") == "sessionid"


def test_a_postgres_address_gets_time_limits():
    options = show("DATABASES['default']['OPTIONS']", DATABASE_URL="postgres://me@localhost/x")
    assert "statement_timeout=15000" in options


def test_a_mail_address_is_read_with_its_password_and_kept_out_of_refusals():
    url = "smtp+tls://me%40example.org:p%2Fw@mail.example.org:587"
    names = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS")
    values = [show(name, EMAIL_URL=url) for name in names]
    assert values == ["mail.example.org", "587", "me@example.org", "p/w", "True"]
    assert show("EMAIL_TIMEOUT", EMAIL_URL=url) == "10"
    assert "secret" not in start(EMAIL_URL="smpt://me:secret@mail.example.org").stderr


def test_without_a_mail_address_mails_go_to_the_output():
    assert show("EMAIL_BACKEND").endswith("console.EmailBackend")


def test_microsoft_is_asked_for_its_one_tenant_and_forms_may_lead_there():
    app = show("SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]['settings']", **ENTRA)
    assert "https://login.microsoftonline.com/t-1/v2.0" in app
    policy = "CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']"
    assert show(policy, **ENTRA) == "[\"'self'\", 'https://login.microsoftonline.com']"
    assert show(policy) == "[\"'self'\"]"


def test_no_account_is_ever_found_by_an_address_of_microsofts():
    assert show("SOCIALACCOUNT_EMAIL_AUTHENTICATION", **ENTRA) == "False"


def test_mails_are_written_into_the_folder_that_is_named_wherever_the_server_starts():
    assert show("EMAIL_FILE_PATH", EMAIL_URL="filemail:///var/mails%20sent") == "/var/mails sent"
