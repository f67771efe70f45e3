"""What everybody may know of a report: which it is, and whether it is the endorsed one."""

from time import time

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from assessments.tests.factories import make_assessment
from assessments.tests.pages import text_of
from endorsement.models import Endorsement
from endorsement.models.files import keep
from endorsement.tests.factories import make_endorsement, make_version
from evidence import filetypes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_count_of_another_test():
    cache.clear()


def look_up(client, sha256):
    return client.get(reverse("endorsement:verify_hash", args=[sha256]))


def compare(client, content):
    file = SimpleUploadedFile("report.pdf", content)
    return client.post(reverse("endorsement:verify"), {"file": file})


def test_the_hash_of_the_endorsed_version_names_team_year_and_version(client):
    endorsement = make_endorsement()
    page = text_of(look_up(client, endorsement.version.sha256))
    assert "UNCT in Kazakhstan, 2022: version 1 of the report." in page
    assert "This is the version that the heads of agency endorsed." in page


def test_a_version_that_is_not_endorsed_is_said_to_be_none(client):
    version = make_version()
    assert "This version is not endorsed." in text_of(look_up(client, version.sha256))


def test_a_version_that_was_replaced_says_so(client):
    first = make_version()
    make_version(assessment=first.assessment, number=2)
    assert "a later one took its place" in text_of(look_up(client, first.sha256))


def test_a_report_that_was_reopened_is_endorsed_no_more(client):
    endorsement = make_endorsement()
    assessment = endorsement.assessment
    assessment.state = "consolidation"
    assessment.save()
    page = text_of(look_up(client, endorsement.version.sha256))
    assert "This version is not endorsed." in page
    assert "not the endorsed report" in text_of(compare(client, endorsement.pdf.read()))


def test_nothing_of_the_content_and_nobody_is_named(client):
    version = make_version(content='{"secret": "finding"}\n')
    make_endorsement(version=version)
    page = text_of(look_up(client, version.sha256))
    assert "finding" not in page
    assert version.made_by.name not in page


@pytest.mark.parametrize("sha256", ["0" * 64, "x", "no-hash"])
def test_an_unknown_hash_is_not_found_in_words(client, sha256):
    answer = look_up(client, sha256)
    assert answer.status_code == 404
    assert "No report with this SHA-256 is known here." in text_of(answer)


def test_the_endorsed_pdf_is_told_byte_for_byte(client):
    content = make_endorsement().pdf.read()
    assert "Yes: byte for byte, this is the endorsed report." in text_of(compare(client, content))
    assert "No: byte for byte, this is no report" in text_of(compare(client, content + b" "))


def test_the_pdf_that_was_put_before_the_heads_is_told_from_the_endorsed_one_by_its_record(client):
    endorsement = make_endorsement()
    page = text_of(compare(client, endorsement.version.pdf.read()))
    assert "This is the copy that went to the heads of agency for endorsement" in page
    assert "but without the record of their decisions" in page
    assert "it is not the endorsed report" not in page
    assert "This is the version that the heads of agency endorsed." not in page


def test_the_pdf_of_an_earlier_endorsement_of_the_same_text_has_an_earlier_record(client):
    before = make_endorsement()
    now = Endorsement(version=before.version, record="{}\n", at=timezone.now(), pdf_size=3)
    now.html_sha256 = keep(now.html, "report.html", b"<article></article>")
    now.pdf_sha256 = keep(now.pdf, "report.pdf", b"%PDF-1.7 endorsed once more")
    now.save()
    page = text_of(compare(client, before.pdf.read()))
    assert "but with an earlier record of decisions" in page
    assert "Yes: byte for byte" in text_of(compare(client, b"%PDF-1.7 endorsed once more"))


def test_the_pdf_of_a_version_that_is_not_endorsed_is_not_the_endorsed_one(client):
    page = text_of(compare(client, make_version().pdf.read()))
    assert "from this site and unchanged, but it is not the endorsed report" in page


def test_an_address_with_the_hash_in_capitals_leads_to_the_report_as_well(client):
    endorsement = make_endorsement()
    page = text_of(look_up(client, endorsement.version.sha256.upper()))
    assert "This is the version that the heads of agency endorsed." in page


def test_nothing_of_a_compared_file_is_kept(client, settings):
    content = make_endorsement().pdf.read()
    before = sorted(settings.MEDIA_ROOT.rglob("*"))
    compare(client, content)
    assert sorted(settings.MEDIA_ROOT.rglob("*")) == before


def test_a_file_larger_than_any_report_is_refused(client, monkeypatch):
    monkeypatch.setattr("endorsement.views.verifying.MAX_BYTES", 10)
    answer = compare(client, b"%PDF-1.7 and more")
    assert answer.status_code == 422
    assert "larger than any report" in text_of(answer)
    assert filetypes.MAX_BYTES == 25 * 1024 * 1024


def test_no_file_is_told_what_to_do(client):
    answer = client.post(reverse("endorsement:verify"))
    assert answer.status_code == 422
    assert "No file arrived: choose the PDF first." in text_of(answer)


@pytest.mark.parametrize("typed", ["\u00e9", "\u0430" * 64, "0" * 63, "no hash", "../admin"])
def test_what_is_no_hash_is_told_so(client, typed):
    answer = client.get(reverse("endorsement:verify"), {"sha256": typed})
    assert answer.status_code == 422
    assert "A SHA-256 has 64 digits" in text_of(answer)


def test_a_hash_may_be_typed_in_capitals_and_with_spaces_around(client):
    answer = client.get(reverse("endorsement:verify"), {"sha256": f" {'AB' * 32} "})
    assert answer.url == reverse("endorsement:verify_hash", args=["ab" * 32])


def test_one_address_compares_a_limited_number_of_files_a_minute(client):
    answers = [compare(client, b"x").status_code for _number in range(11)]
    assert answers == [200] * 10 + [429]


def test_who_waits_a_minute_after_too_many_files_may_go_on(client, monkeypatch):
    for seconds in (0, 30, 61):
        at = time() + seconds
        monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda at=at: at)
        answers = [compare(client, b"x").status_code for _number in range(11)]
        assert (200 in answers) == (seconds != 30)


def test_a_hash_that_is_typed_leads_to_its_page(client):
    sha256 = make_version(assessment=make_assessment()).sha256
    answer = client.get(reverse("endorsement:verify"), {"sha256": f" {sha256.upper()} "})
    assert answer.url == reverse("endorsement:verify_hash", args=[sha256])
    assert client.get(reverse("endorsement:verify"), {"sha256": "?!"}).status_code == 422


def test_looking_up_a_hash_costs_one_query_whoever_asks(client, django_assert_num_queries):
    sha256 = make_endorsement().version.sha256
    client.force_login(make_user())
    with django_assert_num_queries(1):
        look_up(client, sha256)


def test_the_page_is_the_same_for_everybody(client):
    sha256, person = make_endorsement().version.sha256, make_user(name="Zarina Osmanova")
    for_strangers = look_up(client, sha256).content
    client.force_login(person)
    assert look_up(client, sha256).content == for_strangers
    assert person.name not in for_strangers.decode()


def test_a_browser_that_has_the_page_is_told_at_once_when_it_holds_no_more(client):
    endorsement = make_endorsement()
    sha256, assessment = endorsement.version.sha256, endorsement.assessment
    before = look_up(client, sha256)
    known = {"if-none-match": before.headers["ETag"]}
    address = reverse("endorsement:verify_hash", args=[sha256])
    assert client.get(address, headers=known).status_code == 304
    assessment.state = "consolidation"
    assessment.save()
    after = client.get(address, headers=known)
    assert after.status_code == 200
    assert "This version is not endorsed." in text_of(after)
    make_version(assessment=assessment, number=2)
    assert "a later one took its place" in text_of(client.get(address, headers=known))
