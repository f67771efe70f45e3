"""check_evidence finds what is missing, spoiled or forgotten, and says what to do."""

import os
import time
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.tests.factories import make_team
from evidence import library, links
from evidence.links import LinkState
from evidence.tests.factories import make_document, make_link, upload
from evidence.tests.files import pdf

pytestmark = pytest.mark.django_db
DAY = 24 * 60 * 60


def check(*arguments):
    """Return what the command prints and the sentence it ends with, "" where all is well."""
    out = StringIO()
    try:
        call_command("check_evidence", *arguments, stdout=out)
    except CommandError as fault:
        return out.getvalue(), str(fault)
    return out.getvalue(), ""


@pytest.fixture
def document():
    return make_document()


def replaced(document, monkeypatch):
    """The document in its second version."""
    monkeypatch.setattr(library, "require_changing", lambda user, document: None)
    return library.replace(document, by=document.uploaded_by, file=upload("newer.pdf", pdf()))


def lay(settings, name, *, hours_old):
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    then = time.time() - hours_old * 60 * 60
    os.utime(path, (then, then))
    return path


def test_when_all_is_well_it_says_so(document, monkeypatch):
    replaced(document, monkeypatch)
    assert check() == ("The evidence is complete and unchanged.\n", "")


def test_before_any_upload_all_is_well():
    make_link()
    assert check()[1] == ""


def test_a_missing_file_is_named_with_its_document(document):
    document.file.storage.delete(document.file.name)
    out, end = check()
    assert out == (
        f"{document.file.name} of “Work plan 2022” is missing: restore it from a backup.\n"
    )
    assert end == "1 thing is wrong with the evidence."


def test_a_changed_file_is_named_with_both_sums(document):
    Path(document.file.path).write_bytes(b"other")
    found = sha256(b"other").hexdigest()
    assert (
        f"is not what was uploaded (SHA-256 {found}, expected {document.sha256}): "
        "restore it from a backup.\n"
    ) in check()[0]


def test_earlier_versions_are_checked_too(document, monkeypatch):
    before = document.file.name
    document = replaced(document, monkeypatch)
    document.file.storage.delete(before)
    assert f"{before} of “Work plan 2022, version 1” is missing" in check()[0]


def test_a_file_of_no_document_is_named_after_a_day(document, settings):
    lay(settings, "evidence/KAZ/old.pdf", hours_old=25)
    lay(settings, "evidence/KAZ/young.pdf", hours_old=23)
    lay(settings, "reports/old.pdf", hours_old=25)  # not evidence
    assert check() == (
        "evidence/KAZ/old.pdf belongs to no document: delete it.\n",
        "1 thing is wrong with the evidence.",
    )


def test_all_faults_are_counted(document, settings):
    document.file.storage.delete(document.file.name)
    lay(settings, "evidence/KAZ/old.pdf", hours_old=25)
    assert check()[1] == "2 things are wrong with the evidence."


def test_links_are_called_only_when_asked(monkeypatch):
    monkeypatch.setattr(links, "state_of", lambda link: pytest.fail("was called"))
    make_link()
    assert check()[1] == ""


def test_dead_links_are_named_and_private_ones_are_not_called(monkeypatch):
    team = make_team()
    states = {
        "https://un.org/": LinkState.ALIVE,
        "https://un.org/gone": LinkState.DEAD,
        "https://intranet.un.org/": LinkState.INSIDE,
    }
    for number, link in enumerate(states):
        make_link(team=team, title=f"Page {number}", link=link)
    monkeypatch.setattr(links, "state_of", states.get)
    out, end = check("--links")
    assert (
        "The link of “Page 1” leads nowhere, https://un.org/gone: replace it by the new address "
        "or by a file.\n" in out
    )
    assert "Not called, since it leads into a private network: https://intranet.un.org/" in out
    assert "Page 0" not in out
    assert end == "1 thing is wrong with the evidence."


def test_nothing_is_changed(document, settings):
    lay(settings, "evidence/KAZ/old.pdf", hours_old=25)
    before = sorted(Path(settings.MEDIA_ROOT).rglob("*"))
    check("--links")
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*")) == before
