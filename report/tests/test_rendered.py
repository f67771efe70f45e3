"""Files kept by what they say, made ahead, and swept."""

import os
import time
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from threading import Thread

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone, translation

from assessments.models import Assessment
from assessments.tests.factories import make_assessment, make_rating
from jobs.models import Job
from jobs.tests.factories import make_job, set_job
from report import ahead, rendered
from report.contents import AssessmentReport
from report.formats import made
from scorecard.child import Crashed

pytestmark = pytest.mark.django_db


@pytest.fixture
def printings(monkeypatch):
    """The documents that were really printed."""
    printed = []

    def printing(html):
        printed.append(html)
        return b"%PDF-1.7 " + str(len(printed)).encode()

    monkeypatch.setattr("report.unprintable.pdf", printing)
    return printed


@pytest.fixture
def assessment():
    return make_rating(findings="Found.").assessment


def report_of(assessment):
    return AssessmentReport.of(assessment)


def content_of(assessment, key="pdf"):
    with made(report_of(assessment), key).file as file:
        return file.read()


def test_report_that_has_not_changed_is_printed_once(assessment, printings):
    assert content_of(assessment) == content_of(assessment) == b"%PDF-1.7 1"
    assert len(printings) == 1


def test_report_that_has_changed_is_printed_again(assessment, printings):
    content_of(assessment)
    Assessment.objects.filter(pk=assessment.pk).update(process="Now we know.")

    assert content_of(assessment) == b"%PDF-1.7 2"


def test_report_that_moves_on_says_so_in_a_new_file(assessment, printings):
    before = rendered.name_of(report_of(assessment), "pdf")
    Assessment.objects.filter(pk=assessment.pk).update(state="endorsed")

    assert rendered.name_of(report_of(assessment), "pdf") != before


def test_name_depends_on_format_language_and_way_of_making(assessment, monkeypatch):
    report = report_of(assessment)
    names = {rendered.name_of(report, "pdf"), rendered.name_of(report, "docx")}
    with translation.override("fr"):
        names.add(rendered.name_of(report, "pdf"))
    monkeypatch.setattr(rendered, "way_of_making", lambda: "another version of WeasyPrint")
    names.add(rendered.name_of(report, "pdf"))

    assert len(names) == 4


def test_way_of_making_changes_with_template_stylesheet_and_program():
    names = {path.name for path in rendered._sources()}

    assert {"_chapter_7.html", "printing.py", "blocks.py", "_rating_mark.html"} <= names
    assert {"_timeline.svg", "timeline.py", "scorecard_tags.py", "warn.svg"} <= names
    assert "test_rendered.py" not in names


def test_same_report_has_the_same_name_however_often_it_is_gathered(assessment):
    names = {rendered.name_of(report_of(assessment), "pdf") for _time in range(3)}

    assert len(names) == 1


def test_file_takes_its_name_when_all_of_it_is_there(assessment):
    name = "rendered/aa/aa.pdf"
    seen = []

    class Slow(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"first half, "
            seen.append(rendered.storage().exists(name))
            yield b"second half"

    rendered.storage().save(name, Slow(b"first half, second half"))

    assert seen == [False]
    with rendered.kept(name) as file:
        assert file.read() == b"first half, second half"


def test_name_that_was_taken_in_the_last_moment_stays_the_name():
    for _time in "12":
        rendered.storage().save("rendered/bb/bb.pdf", ContentFile(b"x"))

    _folders, files = rendered.storage().listdir("rendered/bb")
    assert files == ["bb.pdf"]


def test_two_that_make_the_same_at_once_leave_one_file():
    threads = [Thread(target=rendered.keep, args=("rendered/bb/bb.pdf", b"x")) for _time in "1234"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    _folders, files = rendered.storage().listdir("rendered/bb")
    assert files == ["bb.pdf"]


def test_sweep_takes_what_is_old_and_leaves_what_is_young():
    for name, days in [("rendered/aa/old.pdf", 31), ("rendered/bb/young.pdf", 29)]:
        rendered.keep(name, b"x")
        moment = time.time() - days * 24 * 60 * 60
        os.utime(rendered.storage().path(name), (moment, moment))

    assert rendered.sweep(now=timezone.now()) == 1
    assert rendered.kept("rendered/aa/old.pdf") is None
    assert rendered.kept("rendered/bb/young.pdf") is not None


def test_sweep_of_a_new_site_finds_nothing():
    assert rendered.sweep(now=timezone.now()) == 0


def test_report_is_made_ahead_once_two_looks_find_it_the_same(assessment, printings):
    Assessment.objects.filter(pk=assessment.pk).update(state="scoring")
    assert ahead.make_ahead() == []
    Assessment.objects.filter(pk=assessment.pk).update(process="Still being written.")
    assert ahead.make_ahead() == []

    names = ahead.make_ahead()

    assert [name.rpartition(".")[2] for name in names] == ["pdf", "docx"]
    assert len(printings) == 1
    assert ahead.make_ahead() == []
    assert content_of(assessment) == b"%PDF-1.7 1"


def test_report_that_has_not_begun_is_not_made_ahead(printings):
    make_assessment(state="planning")

    assert ahead.make_ahead() == ahead.make_ahead() == []
    assert printings == []


def test_what_cannot_be_printed_stops_nobody_elses(assessment, monkeypatch):
    Assessment.objects.filter(pk=assessment.pk).update(state="scoring")

    def crash(report):
        raise Crashed("Broken.")

    monkeypatch.setattr(ahead, "made", lambda report, format: crash(report))
    ahead.make_ahead()

    assert ahead.make_ahead() == []


def test_housekeeping_does_all_four_and_says_so(assessment, printings):
    job = set_job(make_job(), state=Job.State.RUNNING, heard_at=timezone.now() - timedelta(hours=1))
    out = StringIO()

    call_command("housekeeping", stdout=out)

    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert out.getvalue() == (
        "0 files made ahead, 0 old ones and 0 forgotten uploads deleted, "
        "1 lost pieces of work given up.\n"
    )


def test_fields_that_are_no_content_change_the_file_but_not_the_hash(assessment):
    report = report_of(assessment)
    changed = replace(report, cover=replace(report.cover, standing="Endorsed"))

    assert rendered.name_of(report, "pdf") != rendered.name_of(changed, "pdf")
