"""The ZIP of report and evidence: what is in it, by what names, and in how little memory."""

import json
import tracemalloc
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile, File
from django.urls import reverse

from accounts.models import Membership
from assessments.tests.factories import make_assessment, make_person, make_rating
from evidence.tests.factories import make_citation, make_document, make_link
from report.as_json import as_json
from report.bundle import Bundle, Member, bundle_of, cited_documents
from report.contents import AssessmentReport

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _no_printing(monkeypatch):
    monkeypatch.setattr("report.unprintable.pdf", lambda html: b"%PDF-1.7")


def archive_of(assessment):
    report = AssessmentReport.of(assessment)
    bundle = bundle_of(assessment, report, cited_documents(assessment))
    return ZipFile(BytesIO(b"".join(bundle.stream())))


def manifest_of(archive):
    return json.loads(archive.read("manifest.json"))


@pytest.fixture
def assessment():
    rating = make_rating(code="2.2", met="bc")
    first = make_document(team=rating.assessment.team, title="Plan", content=b"%PDF-1.7 one")
    make_citation(rating=rating, document=first)
    make_citation(rating=rating, document=first, criterion="a")
    second = make_document(team=rating.assessment.team, title="Other", content=b"%PDF-1.7 two")
    make_citation(rating=rating, document=second)
    make_citation(rating=rating, document=make_link(team=rating.assessment.team))
    make_document(team=rating.assessment.team, title="Not cited", content=b"%PDF-1.7 three")
    return rating.assessment


def test_report_comes_in_every_format_with_the_documents_it_cites(assessment):
    names = archive_of(assessment).namelist()

    stem = "UNCT-SWAP KAZ 2022 annual progress report"
    assert names == [
        f"{stem}.pdf",
        f"{stem}.docx",
        f"{stem}.xlsx",
        f"{stem} ratings.csv",
        f"{stem} evidence.csv",
        f"{stem}.json",
        "evidence/001 Work plan.pdf",
        "evidence/002 Work plan.pdf",
        "manifest.json",
    ]


def test_manifest_tells_size_and_hash_of_every_other_file(assessment):
    archive = archive_of(assessment)
    assert archive.testzip() is None

    files = manifest_of(archive)["files"]

    assert [row["name"] for row in files] == archive.namelist()[:-1]
    for row in files:
        content = archive.read(row["name"])
        assert (row["size"], row["sha256"]) == (len(content), sha256(content).hexdigest())
    assert (files[-2]["title"], files[-2]["cited_under"]) == ("Plan", ["2.2"])


def test_manifest_names_the_hash_of_the_contents(assessment):
    archive = archive_of(assessment)
    content = as_json(AssessmentReport.of(assessment))

    manifest = manifest_of(archive)

    assert manifest["content_sha256"] == sha256(content).hexdigest()
    assert (manifest["team"], manifest["year"], manifest["missing"]) == ("KAZ", 2022, [])


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\evil.pdf", "a/b.pdf", "CON.pdf", "\u202egnp.pdf", "."]
)
def test_names_of_members_lead_nowhere(name):
    rating = make_rating(code="2.2", met="bc")
    make_citation(
        rating=rating,
        document=make_document(team=rating.assessment.team, original_name=name),
    )

    (member,) = (n for n in archive_of(rating.assessment).namelist() if n.startswith("evidence/"))

    _folder, _slash, file_name = member.partition("/")
    assert file_name.startswith("001 ")
    assert not set(file_name) & set('/\\:*?"<>|\u202e')


def test_document_whose_file_is_gone_is_named_as_missing(assessment):
    document = cited_documents(assessment).first()
    document.file.storage.delete(document.file.name)

    archive = archive_of(assessment)

    assert manifest_of(archive)["missing"] == [{"title": "Plan", "sha256": document.sha256}]
    assert "evidence/001 Work plan.pdf" in archive.namelist()  # the other one


def test_carried_rating_brings_the_documents_from_where_it_stems():
    earlier = make_assessment(year=2021, state="endorsed")
    origin = make_rating(assessment=earlier, code="2.2", met="bc")
    make_citation(rating=origin)
    assessment = make_assessment()
    rating = assessment.indicator_ratings.get(indicator__code="2.2")
    type(rating).objects.filter(pk=rating.pk).update(origin=origin, is_reassessed=False)

    assert cited_documents(assessment).count() == 1


class Endless(File):
    """A large file that is nowhere: so many megabytes of one letter."""

    def __init__(self, megabytes):
        super().__init__(ContentFile(b""))
        self.megabytes = megabytes

    def chunks(self, chunk_size=None):
        for _number in range(self.megabytes * 16):
            yield b"x" * (MEGABYTE // 16)


def test_large_files_pass_through_in_little_memory():
    members = [Member(name=f"{n}.pdf", open=lambda: Endless(60)) for n in range(3)]
    bundle = Bundle(about={}, members=members)

    tracemalloc.start()
    size = sum(map(len, bundle.stream()))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size > 180 * MEGABYTE
    assert most < 8 * MEGABYTE
    assert [row["size"] for row in json.loads(bundle.manifest)["files"]] == [60 * MEGABYTE] * 3


def test_bundle_is_sent_while_it_is_made(client, assessment):
    client.force_login(make_person(Membership.Role.OBSERVER, assessment=assessment))

    answer = client.get(reverse("report:bundle", args=[assessment.pk]))

    assert answer.streaming
    assert answer["Content-Type"] == "application/zip"
    assert "annual progress report.zip" in answer["Content-Disposition"]
    assert ZipFile(BytesIO(answer.getvalue())).testzip() is None
