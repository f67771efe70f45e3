"""What the house is built by: who imports whom, what stays pure, what needs a sign-in."""

import ast
import re
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.shortcuts import resolve_url
from django.urls import URLResolver, get_resolver, reverse

PROJECT = Path(__file__).resolve().parents[2]

# Each app with the apps that it may import: an arrow points from user to used.
#   scorecard <- accounts <- jobs <- assessments <- evidence   <- report <- endorsement
#                                                <- actionplan <-
#                                                both          <- workbook, which nobody imports
LOWEST = ["scorecard", "accounts", "jobs", "assessments"]
MAY_IMPORT = {
    "scorecard": LOWEST[:1],
    "accounts": LOWEST[:2],
    "jobs": LOWEST[:3],
    "assessments": LOWEST,
    "evidence": [*LOWEST, "evidence"],
    "actionplan": [*LOWEST, "actionplan"],
    "workbook": [*LOWEST, "evidence", "actionplan", "workbook"],
    "report": [*LOWEST, "evidence", "actionplan", "report"],
    "endorsement": [*LOWEST, "evidence", "actionplan", "report", "endorsement"],
}
PURE = [
    "scorecard/rating.py",
    "scorecard/framework_file.py",
    "scorecard/framework_shape.py",
    "scorecard/framework_yaml.py",
    "scorecard/plain_text.py",
    "scorecard/cell_text.py",
    "scorecard/pasted_lists.py",
    "scorecard/pasted_tables.py",
    "scorecard/addresses.py",
    "scorecard/child_process.py",
    "scorecard/markup.py",
    "accounts/audit/chain.py",
    "accounts/invitation_lines.py",
    "accounts/outbox/events.py",
    "accounts/outbox/schedule.py",
    "assessments/calculators/counting.py",
    "assessments/cycle/adviser.py",
    "assessments/cycle/back_planning.py",
    "assessments/cycle/rationale.py",
    "assessments/progress.py",
    "assessments/workshop/result.py",
    "actionplan/currencies.py",
    "actionplan/outlook.py",
    "actionplan/roll_over.py",
    "actionplan/schedule.py",
    "endorsement/difference.py",
    "endorsement/qr.py",
    "endorsement/review/turnaround.py",
    "endorsement/rule.py",
    "endorsement/world/counts.py",
    "endorsement/world_data/careers.py",
    "evidence/filetypes.py",
    "evidence/links.py",
    "report/printing.py",
    "workbook/archive.py",
    "workbook/cells.py",
    "workbook/grid.py",
    "workbook/tables.py",
    "workbook/wording.py",
]
# What a stranger may see, and why. Everything else leads to the sign-in page.
PUBLIC = {
    "account_login": "the sign-in page",
    "account_request_login_code": "signing in by a code from the mail",
    "account_confirm_login_code": "the code itself; without one, back to the sign-in page",
    "mfa_login_webauthn": "signing in by a passkey",
    "openid_connect_login": "the way to Microsoft; 404 where it is not set up",
    "openid_connect_callback": "the way back, with what Microsoft answered",
    "socialaccount_login_cancelled": "says that nothing happened at Microsoft",
    "socialaccount_login_error": "says that Microsoft did not sign the person in",
    "account_inactive": "says that the account is closed",
    "account_signup": "says that accounts come by invitation",
    "account_reset_password": "a forgotten password",
    "account_reset_password_done": "says where the link went",
    "account_reset_password_from_key": "the link from the mail; its key opens it",
    "account_reset_password_from_key_done": "says that the password is set",
    "account_email_verification_sent": "says where the link went",
    "account_confirm_email": "the link from the mail; its key opens it",
    "accounts:join": "an invitation; its token opens it",
    "accounts:join_new": "making an account from an invitation",
    "endorsement:verify": "whether a file is the endorsed report, byte for byte",
    "endorsement:verify_hash": "which report a hash is of, and whether it is endorsed",
    "report:endorsed_pdf": "a file; its word, signed for one session, opens it",
    "accounts:join_microsoft": "the same by Microsoft; 404 where it is not set up",
}
# One value for each kind of parameter in a route.
SAMPLES = {
    "code": "KAZ",
    "int": "1",
    "slug": "x",
    "str": "x",
    "path": "x",
    "uuid": str(UUID(int=0)),
}


def modules_of(app):
    return sorted((PROJECT / app).rglob("*.py"))


def imported_by(path):
    """Yield the modules that a file imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(PROJECT).parts[: -node.level] if node.level else ()
            module = ".".join([*package, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


# Imports


def test_the_table_names_all_apps_of_this_project(settings):
    apps = [app for app in settings.INSTALLED_APPS if (PROJECT / app / "apps.py").exists()]
    assert apps == list(MAY_IMPORT)


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_texts_are_marked_by_names_that_the_catalogues_are_made_from(app):
    """manage.py makemessages finds a text by the name of the function, and none under another."""
    renamed = [
        f"{path.relative_to(PROJECT)} calls {alias.name} {alias.asname}"
        for path in modules_of(app)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname not in (None, "_")
    ]
    assert renamed == []


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_an_app_imports_itself_and_what_stands_left_of_it(app):
    forbidden = MAY_IMPORT.keys() - MAY_IMPORT[app]
    wrong = [
        f"{path.relative_to(PROJECT)} imports {module}"
        for path in modules_of(app)
        for module in imported_by(path)
        if module.split(".")[0] in forbidden
    ]
    assert wrong == []


def test_the_root_urls_import_django_only():
    modules = imported_by(PROJECT / "scorecard/urls.py")
    assert {module.split(".")[0] for module in modules} == {"django"}


@pytest.mark.parametrize("name", PURE)
def test_a_pure_module_uses_no_django_not_even_through_others(name):
    seen, waiting = set(), [PROJECT / name]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        modules = set(imported_by(path))
        assert "django" not in {module.split(".")[0] for module in modules}, path
        names = {*modules, *(module.rpartition(".")[0] for module in modules)}
        own = {PROJECT / f"{name.replace('.', '/')}.py" for name in names}
        waiting += [path for path in own - seen if path.exists()]


# Migrations


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# Sign-in


def routes(resolver=None, prefix="", namespaces=()):
    """Yield (name, path) of every route, with a sample value for each parameter."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + _sample_path(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from routes(entry, path, inner)
        else:
            yield ":".join([*namespaces, entry.name or path]), f"/{path}"


def _sample_path(pattern):
    route = str(pattern)
    if "(?P<" in route:  # the admin writes two of its routes as regular expressions
        return re.sub(r"\(\?P<\w+>[^)]*\)", "x", route).strip("^$")
    return re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES[match[1] or "str"], route)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_route_needs_a_sign_in(client, settings, method):
    sign_in = (resolve_url(settings.LOGIN_URL), reverse("admin:login"))
    open_to_strangers = []
    for name, path in routes():
        if name in PUBLIC:
            continue
        response = getattr(client, method)(path)
        to_sign_in = response.status_code == 302 and response.url.startswith(sign_in)
        if not to_sign_in and response.status_code != 405:
            open_to_strangers.append(f"{name} {path} {response.status_code}")
    assert open_to_strangers == []


def test_the_walk_over_the_routes_sees_them_all(settings):
    names = {name for name, _ in routes()}
    assert {settings.LOGIN_URL, "admin:index", "scorecard:framework_list"} <= names


def test_the_list_of_public_routes_names_no_other():
    assert PUBLIC.keys() - {name for name, _ in routes()} == set()
