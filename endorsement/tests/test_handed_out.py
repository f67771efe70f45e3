"""How an endorsed report is handed out: the PDF by an address for one browser and one minute."""

from io import BytesIO
from time import time

import pytest
from django.core.signing import TimestampSigner
from django.urls import reverse
from docx import Document

from accounts.models import AuditEntry
from accounts.tests.factories import make_user
from assessments.transitions import TransitionRefused
from endorsement.tests.flow import quick_printer, team
from endorsement.tests.test_pages import signed_in
from report import making
from report.ahead import make_ahead
from report.handing_out import GOOD_FOR
from report.stored import current_report
from report.word.document import docx

__all__ = ["quick_printer", "team"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def endorsed(team):
    team.request()
    return team.endorse_all()


def gate(team):
    return reverse("report:pdf", args=[team.assessment.pk])


def asked(client, team):
    """Ask for the PDF. Returns the answer, which says where the file is."""
    return client.get(gate(team))


def exports():
    return AuditEntry.objects.filter(action="export").count()


def test_whoever_asks_is_noted_once_and_led_to_the_file(team, endorsed, django_assert_num_queries):
    client = signed_in(team.undp)
    answer = asked(client, team)
    assert (answer.status_code, exports()) == (302, 1)
    for _time in range(2):
        with django_assert_num_queries(0):
            file = client.get(answer.url)
            content = b"".join(file.streaming_content)
        assert content == endorsed.pdf.read()
        endorsed.pdf.seek(0)
        assert file["Content-Type"] == "application/pdf"
        assert file["Content-Disposition"].startswith('attachment; filename="UNCT-SWAP')
        assert file["Cache-Control"] == "private, no-store"
        assert file["Content-Security-Policy"].startswith("sandbox")
    assert client.head(answer.url).status_code == 200
    assert exports() == 1


@pytest.mark.parametrize("who", ["nobody", "a stranger", "a colleague"])
def test_in_another_browser_the_address_leads_to_where_one_has_to_ask(client, team, endorsed, who):
    address = asked(signed_in(team.undp), team).url
    if who != "nobody":
        client = signed_in(make_user() if who == "a stranger" else team.fao)
    answer = client.get(address)
    assert (answer.status_code, answer.url) == (302, gate(team))
    status = client.get(answer.url).status_code
    assert status == (404 if who == "a stranger" else 302)


def test_the_address_is_that_of_one_report(team, endorsed):
    client = signed_in(team.undp)
    word = asked(client, team).url.rstrip("/").rpartition("/")[2]
    other = client.get(reverse("report:endorsed_pdf", args=[team.assessment.pk + 1, word]))
    assert other.status_code == 302


def test_after_signing_out_the_address_is_worth_nothing(team, endorsed):
    client = signed_in(team.undp)
    address = asked(client, team).url
    client.logout()
    answer = client.get(address, follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_an_old_address_asks_again_and_hands_the_file_out(team, endorsed, monkeypatch):
    client = signed_in(team.undp)
    address = asked(client, team).url
    monkeypatch.setattr("django.core.signing.time.time", _later(GOOD_FOR + 1))
    answer = client.get(address, follow=True)
    assert b"".join(answer.streaming_content) == endorsed.pdf.read()
    assert exports() == 2


def _later(seconds):
    started = time()
    return lambda: started + seconds


def test_a_made_up_address_hands_out_nothing(team, endorsed):
    client = signed_in(team.undp)
    signed_for_nobody = TimestampSigner().sign_object([endorsed.pdf.name, "a.pdf"])
    for word in ("x", "x:y:z", signed_for_nobody):
        answer = client.get(reverse("report:endorsed_pdf", args=[team.assessment.pk, word]))
        assert answer.url == gate(team)


def test_a_file_that_the_store_has_lost_is_not_found(team, endorsed):
    client = signed_in(team.undp)
    address = asked(client, team).url
    endorsed.pdf.storage.delete(endorsed.pdf.name)
    assert client.get(address).status_code == 404


def test_a_report_that_an_update_cannot_read_any_more_holds_up_no_other(
    team, endorsed, monkeypatch
):
    def refuse(version):
        raise TransitionRefused("Made before this site was updated.")

    monkeypatch.setattr("endorsement.stored.report_of", refuse)
    assert make_ahead() == make_ahead() == []


def test_of_an_endorsed_report_only_what_is_handed_out_is_made_ahead(team, endorsed):
    make_ahead()
    (name,) = make_ahead()
    assert name.endswith(".docx")
    assert making.is_ready(current_report(team.now), "docx")


def test_the_word_file_says_where_its_endorsement_is_recorded_and_of_which_content(team, endorsed):
    report = current_report(team.now)
    paragraphs = [row.text for row in Document(BytesIO(docx(report))).paragraphs]
    heads = [place for place, text in enumerate(paragraphs) if text.startswith("Annex: record")]
    words = paragraphs[heads[-1] + 1]
    assert "Version 1 of this report was endorsed on" in words
    assert "in the annex of the endorsed PDF" in words
    assert endorsed.version.sha256 in words
    assert len(heads) == 2  # among the contents, and the annex itself
    assert "can be edited" not in endorsed.html.read().decode()  # the endorsed report has it
