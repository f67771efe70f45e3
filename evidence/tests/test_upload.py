"""Uploads through the page: what is stored, what is refused, and that nothing is left behind."""

from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team
from assessments.tests.factories import make_assessment, make_rating
from assessments.tests.pages import text_of
from evidence import library
from evidence.models import Citation, Document
from evidence.models.document import DocumentQuerySet
from evidence.tests.bad_files import BAD, IDS
from evidence.tests.factories import make_document, upload
from evidence.tests.files import GOOD, pdf

pytestmark = pytest.mark.django_db
HARD_NAMES = [
    "x" * 300 + ".pdf",
    "a." + "x" * 300,
    "../../etc/passwd.pdf",
    "\u202efdp.pdf",
    "п" * 250 + ".pdf",
]
LARGE = pdf("x" * 3 * 1024 * 1024)  # past what is kept in memory


@pytest.fixture
def temporary(settings, tmp_path):
    """The folder for files on their way."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    return folder


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def member(team, client):
    user = make_membership(team=team).user
    client.force_login(user)
    return user


def send(client, team, *files, **fields):
    data = {"files": list(files), "confidentiality": "team"} | fields
    return client.post(reverse("evidence:upload", args=[team.code]), data)


def stored_files(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


# What is refused


@pytest.mark.parametrize(("name", "content", "ends"), BAD, ids=IDS)
def test_a_refused_file_gets_its_sentence_and_leaves_nothing(
    client, team, member, settings, temporary, name, content, ends
):
    response = send(client, team, upload(name, content))
    assert response.status_code == 422
    assert ends.replace("\xa0", " ") in text_of(response).replace("\xa0", " ")
    assert Document.objects.count() == 0
    assert stored_files(settings) == list(temporary.iterdir()) == []


def test_nothing_chosen_is_said_in_a_sentence(client, team, member):
    response = send(client, team)
    assert response.status_code == 422
    assert "No file arrived: choose at least one" in text_of(response)


def test_an_empty_request_is_said_in_a_sentence(client, team, member):
    response = client.post(reverse("evidence:upload", args=[team.code]))
    assert response.status_code == 422
    assert "No file arrived" in text_of(response)


@pytest.mark.parametrize("name", ["", ".", "..", "/"])
def test_a_file_without_a_name_did_not_arrive(client, team, member, name):
    address = reverse("evidence:upload", args=[team.code])
    body = (
        b"--x\r\nContent-Disposition: form-data; name=confidentiality\r\n\r\nteam\r\n"
        b'--x\r\nContent-Disposition: form-data; name=files; filename="%s"\r\n\r\n' % name.encode()
    )
    response = client.post(
        address, body + pdf() + b"\r\n--x--\r\n", content_type="multipart/form-data; boundary=x"
    )
    assert response.status_code == 422
    assert "No file arrived" in text_of(response)


def test_period_that_ends_before_it_begins_is_refused_before_any_file(client, team, member):
    response = send(client, team, upload(), period_from="2022-12-31", period_to="2022-01-01")
    assert response.status_code == 422
    assert "The period covered ends before it begins." in text_of(response)
    assert Document.objects.count() == 0


# What is stored


@pytest.mark.parametrize("name", GOOD)
def test_an_allowed_file_is_stored_as_it_came(client, team, member, name):
    assert send(client, team, upload(name)).status_code == 200
    document = Document.objects.get()
    assert document.file.read() == GOOD[name]
    assert document.size == len(GOOD[name])
    assert Path(document.file.name).suffix == f".{document.extension}"


def test_what_a_document_is_stands_in_its_row(client, team, member):
    send(
        client, team, upload("Work_plan.pdf", pdf()),
        period_from="2022-01-01", period_to="2022-12-31",
    )  # fmt: skip
    document = Document.objects.get()
    assert (document.team, document.title) == (team, "Work plan")
    assert (document.original_name, document.content_type) == ("Work_plan.pdf", "application/pdf")
    assert [str(day) for day in (document.period_from, document.period_to)] == [
        "2022-01-01", "2022-12-31",
    ]  # fmt: skip
    assert document.confidentiality == "team"
    assert document.uploaded_by == member
    assert document.version == 1


@pytest.mark.parametrize("content", [pdf(), LARGE], ids=["in memory", "on disk"])
@pytest.mark.parametrize("name", HARD_NAMES)
def test_no_name_harms_or_stops_an_upload(client, team, member, settings, temporary, name, content):
    assert send(client, team, upload(name, content)).status_code == 200
    document = Document.objects.get()
    assert len(document.original_name) <= 255
    assert document.original_name.endswith(".pdf")
    assert "\u202e" not in document.original_name + document.title
    (path,) = stored_files(settings)
    assert path.parent == Path(settings.MEDIA_ROOT) / "evidence" / team.code
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(temporary.iterdir()) == []


def test_several_files_at_once_each_get_their_answer(client, team, member):
    response = send(client, team, upload(), upload("photo.png"), upload("old.doc", pdf()))
    assert response.status_code == 200
    text = text_of(response)
    assert "“old.doc” is really a PDF" in text
    assert {row.title for row in Document.objects.all()} == {"plan", "photo"}


def test_script_gets_the_outcome_alone(client, team, member):
    address = reverse("evidence:upload", args=[team.code])
    data = {"files": [upload()], "confidentiality": "team"}
    response = client.post(address, data, headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert response.content.decode().count("data-outcome") == 1


def test_script_is_told_to_try_again_when_the_form_is_wrong(client, team, member):
    address = reverse("evidence:upload", args=[team.code])
    data = {"files": [upload()], "confidentiality": "team", "period_from": "soon"}
    response = client.post(address, data, headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert "data-retry" in response.content.decode()
    assert "Enter a valid date." in response.content.decode()


# The same bytes again


def test_the_same_bytes_again_offer_the_document_that_is_there(client, team, member, settings):
    document = make_document(team=team, content=pdf())
    response = send(client, team, upload("Other name.pdf", pdf()))
    assert response.status_code == 200
    text = text_of(response)
    assert "“Other name.pdf” is in the library already, as “Work plan 2022”." in text
    assert document.get_absolute_url() in response.content.decode()
    assert Document.objects.count() == len(stored_files(settings)) == 1


def test_two_equal_files_in_one_go_are_stored_once(client, team, member, settings):
    send(client, team, upload("a.pdf", pdf()), upload("b.pdf", pdf()))
    assert Document.objects.count() == len(stored_files(settings)) == 1


def test_another_team_may_hold_the_same_bytes(client, team, member):
    make_document(team=make_team(code="KGZ", country="Kyrgyzstan"), content=pdf())
    assert "already" not in text_of(send(client, team, upload()))
    assert Document.objects.count() == 2


def test_the_same_bytes_sent_by_two_at_once_are_stored_once(
    client, team, member, settings, monkeypatch
):
    document = make_document(team=team, content=pdf())
    holding = DocumentQuerySet.holding
    answers = [Document.objects.none()]  # the first look comes before the other's row is there
    monkeypatch.setattr(
        DocumentQuerySet,
        "holding",
        lambda *args, **kwargs: answers.pop() if answers else holding(*args, **kwargs),
    )
    response = send(client, team, upload())
    assert "is in the library already" in text_of(response)
    assert Document.objects.get() == document
    assert len(stored_files(settings)) == 1


# What fails on the way


class Breakdown(Exception):
    pass


def test_a_row_that_cannot_be_written_takes_its_file_along(
    client, team, member, settings, monkeypatch
):
    def fail(*args, **kwargs):
        raise Breakdown

    monkeypatch.setattr(Document, "save", fail)
    with pytest.raises(Breakdown):
        send(client, team, upload())
    assert stored_files(settings) == []


def test_a_full_disk_is_said_and_leaves_no_half_file(client, team, member, settings, monkeypatch):
    def fill_up(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("evidence.storage.os.fsync", fill_up)
    response = send(client, team, upload())
    assert response.status_code == 422
    assert "“plan.pdf” could not be stored here: try again" in text_of(response)
    assert Document.objects.count() == 0
    assert stored_files(settings) == []


def test_a_file_is_flushed_to_the_disk_before_its_row(client, team, member, monkeypatch):
    order = []
    monkeypatch.setattr("evidence.storage.os.fsync", lambda handle: order.append("file"))
    insert = library._insert
    monkeypatch.setattr(
        library, "_insert", lambda *args, **kwargs: order.append("row") or insert(*args, **kwargs)
    )
    send(client, team, upload())
    assert order == ["file", "file", "row"]


# Under a PI


@pytest.fixture
def rating():
    return make_rating(assessment=make_assessment(), code="2.1")


@pytest.fixture
def coordinator(rating, client):
    team = rating.assessment.team
    user = make_membership(team=team, role=Membership.Role.COORDINATOR).user
    client.force_login(user)
    return user


def send_under(client, rating, *files, **fields):
    category = rating.assessment.framework.evidence_categories.get(title="Other")
    data = {"files": list(files), "confidentiality": "team", "category": category.pk} | fields
    address = reverse(
        "evidence:indicator-upload", args=[rating.assessment_id, rating.indicator.code]
    )
    return client.post(address, data)


def test_an_upload_under_a_pi_is_cited_there_at_once(client, rating, coordinator):
    criterion = rating.indicator.criteria.get(key="b")
    response = send_under(client, rating, upload(), upload("photo.png"), criterion=criterion.pk)
    assert "Stored and cited under PI 2.1" in text_of(response)
    citations = Citation.objects.filter(indicator_rating=rating, criterion=criterion)
    assert {row.category.title for row in citations} == {"Other"}
    assert citations.count() == 2


def test_the_category_is_the_usual_one_of_the_pi_until_somebody_chooses(
    client, rating, coordinator
):
    address = reverse("evidence:indicator-upload", args=[rating.assessment_id, "2.1"])
    usual = rating.indicator.evidence_category
    assert (
        f'<option value="{usual.pk}" selected>{usual.title}' in client.get(address).content.decode()
    )


def test_bytes_that_are_held_already_are_offered_for_citing(client, rating, coordinator):
    document = make_document(team=rating.assessment.team, content=pdf())
    response = send_under(client, rating, upload())
    address = reverse("evidence:cite", args=[rating.assessment_id, "2.1", document.pk])
    assert f'href="{address}"' in response.content.decode()
    assert Citation.objects.count() == 0


def test_bytes_that_are_cited_there_already_are_not_offered_for_citing(client, rating, coordinator):
    send_under(client, rating, upload())
    page = send_under(client, rating, upload())
    assert "It is cited under PI 2.1 already." in text_of(page)
    assert "Cite it under" not in text_of(page)


def test_a_criterion_of_another_pi_is_refused(client, rating, coordinator):
    other = rating.assessment.indicator_ratings.get(indicator__code="2.2")
    criterion = other.indicator.criteria.first()
    assert send_under(client, rating, upload(), criterion=criterion.pk).status_code == 422
    assert Document.objects.count() == 0


def test_a_file_goes_again_when_its_citation_is_refused(
    client, rating, coordinator, settings, monkeypatch
):
    """The coordinator asked for endorsement while the upload was on its way."""
    monkeypatch.setattr("evidence.views.library.require_citing", lambda user, rating: None)
    rating.assessment.state = "endorsement"
    rating.assessment.save()
    assert send_under(client, rating, upload()).status_code == 409
    assert Document.objects.count() == 0
    assert stored_files(settings) == []
