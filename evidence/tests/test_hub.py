"""The knowledge hub: who shares, who reads, and what nobody learns of the team."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import audit
from accounts.models import AuditEntry, Membership
from accounts.tests.factories import make_membership, make_team, make_user
from assessments.tests.factories import make_assessment, make_rating
from assessments.tests.pages import form_on, text_of
from evidence import library
from evidence.describing import describe, version_of
from evidence.models import Document
from evidence.tests.factories import make_citation, make_document, make_link, upload
from evidence.tests.files import pdf

pytestmark = pytest.mark.django_db
Role = Membership.Role
HUB = "/hub/"


@pytest.fixture
def stranger(client):
    """Signed in, and in no team."""
    user = make_user(name="Somebody else")
    client.force_login(user)
    return user


def make_shared(title, **fields):
    team = fields.pop("team", None) or make_team()
    content = f"%PDF-1.7 {title}".encode()
    return make_document(
        team=team, title=title, content=content, confidentiality="shared", **fields
    )


def titles(client, **asked):
    return [document.title for document in client.get(HUB, asked).context["page"]]


def download(client, document):
    return client.get(reverse("evidence:hub-download", args=[document.pk]))


def as_coordinator(client, document):
    user = make_membership(team=document.team, role=Role.COORDINATOR).user
    client.force_login(user)
    return user


# Reading


@pytest.mark.usefixtures("stranger")
def test_everybody_finds_and_reads_what_is_shared_and_nothing_else(client):
    team = make_team()
    shared = make_shared("Joint work plan", team=team)
    held = make_document(team=team)
    assert titles(client) == ["Joint work plan"]
    response = download(client, shared)
    assert b"".join(response.streaming_content) == b"%PDF-1.7 Joint work plan"
    assert response["Content-Disposition"].startswith("attachment")
    assert download(client, held).status_code == 404


@pytest.mark.usefixtures("stranger")
def test_the_hub_says_nothing_else_of_the_team(client):
    document = make_shared("Plan", uploaded_by=make_user(name="Amina B."))
    rating = make_rating(assessment=make_assessment(team=document.team), findings="Secret.")
    make_citation(rating=rating, document=document, page="12", quote="A secret sentence.")
    text = text_of(client.get(HUB))
    assert "Kazakhstan" in text
    assert "2022: PI 2.2" in text
    for secret in ("Amina", "secret", "Secret", "12"):
        assert secret not in text
    assert client.get(document.get_absolute_url()).status_code == 404
    assert client.get(reverse("evidence:library", args=["KAZ"])).status_code == 404


@pytest.mark.usefixtures("stranger")
def test_a_link_leads_out_as_long_as_it_is_shared(client):
    document = make_link(confidentiality="shared")
    assert download(client, document)["Location"] == document.link
    Document.objects.update(confidentiality="team")
    assert download(client, document).status_code == 404


def test_who_reads_from_the_hub_is_in_the_log_of_the_team(client, stranger):
    document = make_shared("Plan")
    download(client, document)
    entry = AuditEntry.objects.get(team=document.team)
    assert str(entry) == "Somebody else downloaded “Plan”: Work plan.pdf"


@pytest.mark.usefixtures("stranger")
def test_an_empty_hub_says_how_something_gets_there(client):
    assert "Nothing is shared yet" in text_of(client.get(HUB))


@pytest.mark.usefixtures("stranger")
def test_search_and_filters_bind_together(client):
    kazakh = make_shared("Work plan", good_practice="Budget for gender from the start.")
    kenyan = make_shared("Minutes", team=make_team(code="KEN", country="Kenya"))
    make_citation(rating=make_rating(assessment=make_assessment(team=kazakh.team)), document=kazakh)
    assert titles(client, q="budget start") == ["Work plan"]
    assert titles(client, q="budget minutes") == []
    assert titles(client, country="KEN") == ["Minutes"]
    assert titles(client, practice="on") == ["Work plan"]
    assert titles(client, indicator="2.2", year="2022") == ["Work plan"]
    assert titles(client, indicator="2.2", country="KEN") == []
    assert titles(client, indicator="9.9", year="1999") == [kenyan.title, kazakh.title]
    assert "No document matches" in text_of(client.get(HUB, {"q": "nothing"}))


@pytest.mark.usefixtures("stranger")
def test_filters_offer_only_what_shared_documents_have(client):
    team = make_team(code="KEN", country="Kenya")
    make_citation(
        rating=make_rating(assessment=make_assessment(team=team)), document=make_document(team=team)
    )
    make_shared("Plan")
    fields = client.get(HUB).context["form"].fields
    assert [value for value, _label in fields["country"].choices] == ["", "KAZ"]
    assert [value for value, _label in fields["indicator"].choices] == [""]


@pytest.mark.usefixtures("stranger")
def test_the_hub_takes_as_many_queries_for_many_documents(client, django_assert_max_num_queries):
    team = make_team()
    rating = make_rating(assessment=make_assessment(team=team))
    for number in range(40):
        make_citation(rating=rating, document=make_shared(f"Plan {number}", team=team))
    with django_assert_max_num_queries(7):
        client.get(HUB, {"indicator": "2.2"})


# Sharing


@pytest.mark.parametrize("state", ["scoring", "accepted"])
def test_a_coordinator_shares_and_withdraws_at_any_time_and_at_once(client, state):
    document = make_document()
    rating = make_rating(assessment=make_assessment(team=document.team, state=state))
    make_citation(rating=rating, document=document)
    as_coordinator(client, document)
    page = client.get(reverse("evidence:share", args=[document.pk]))
    assert "Everybody who signs in to this site" in text_of(page)
    client.post(reverse("evidence:share", args=[document.pk]), {"good_practice": "Do it early."})
    assert titles(client, practice="on") == [document.title]
    client.post(reverse("evidence:withdraw", args=[document.pk]))
    assert titles(client) == []
    assert download(client, document).status_code == 404
    log = [entry.detail for entry in AuditEntry.objects.order_by("number")]
    assert log == ["shared to the knowledge hub", "withdrawn from the knowledge hub"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_other_roles_do_not_decide_what_is_shared(client, role):
    document = make_document()
    client.force_login(make_membership(team=document.team, role=role).user)
    for name in ("share", "withdraw"):
        assert client.post(reverse(f"evidence:{name}", args=[document.pk])).status_code == 403
    assert not Document.objects.get().is_shared


def ways_in(team, *, member) -> dict:
    """Every form that may say of something new that it is shared, filled in."""
    rating = make_rating(assessment=make_assessment(team=team, state="scoring"))
    rating.assigned_to.add(member)
    place = {"category": rating.assessment.framework.evidence_categories.first().pk}
    of_pi = [rating.assessment_id, rating.indicator.code]
    link = {"title": "Page", "link": "https://www.un.org/"}
    return {
        reverse("evidence:upload", args=[team.code]): {"files": [upload()]},
        reverse("evidence:link", args=[team.code]): link,
        reverse("evidence:indicator-upload", args=of_pi): place | {"files": [upload()]},
        reverse("evidence:indicator-link", args=of_pi): place | link,
    }


def test_who_may_not_share_is_not_asked_and_what_they_add_stays_with_the_team(client):
    team = make_team()
    member = make_membership(team=team)
    client.force_login(member.user)
    for address, data in ways_in(team, member=member).items():
        page = text_of(client.get(address))
        assert "until the coordinator shares it to the knowledge hub" in page
        assert "Confidentiality" not in page
        assert client.post(address, data | {"confidentiality": "shared"}).status_code == 200
        added = Document.objects.get()
        assert not added.is_shared
        added.citations.all().delete()
        added.delete()


def test_a_coordinator_shares_what_is_added_at_once(client):
    team = make_team()
    coordinator = make_membership(team=team, role=Role.COORDINATOR)
    client.force_login(coordinator.user)
    for address, data in ways_in(team, member=coordinator).items():
        assert "Confidentiality" in text_of(client.get(address))
        client.post(address, data | {"confidentiality": "shared"})
        added = Document.objects.get()
        assert added.is_shared
        added.citations.all().delete()
        added.delete()
    log = AuditEntry.objects.filter(action=audit.Action.SHARING)
    assert [entry.detail for entry in log] == ["shared to the knowledge hub"] * 4


@pytest.mark.parametrize(("before", "after"), [("team", "shared"), ("shared", "team")])
def test_a_member_who_edits_a_document_leaves_it_as_shared_as_it_was(client, before, after):
    document = make_document(confidentiality=before)
    client.force_login(make_membership(team=document.team).user)
    address = reverse("evidence:edit", args=[document.pk])
    page = client.get(address)
    assert "Confidentiality" not in text_of(page)
    changes = {"title": "Better title", "confidentiality": after}
    response = client.post(address, form_on(page, "document-form") | changes)
    assert response.url == document.get_absolute_url()
    document.refresh_from_db()
    assert (document.title, document.confidentiality) == ("Better title", before)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(("role", "after"), [(Role.COORDINATOR, "shared"), (Role.MEMBER, "team")])
def test_a_newer_version_stays_shared_only_where_who_put_it_in_may_share(client, role, after):
    document = make_document(confidentiality="shared")
    client.force_login(make_membership(team=document.team, role=role).user)
    address = reverse("evidence:replace", args=[document.pk])
    is_told = "it is withdrawn from there" in text_of(client.get(address))
    client.post(address, {"file": upload("newer.pdf", pdf("newer"))})
    document.refresh_from_db()
    assert (document.version, document.confidentiality) == (2, after)
    log = [entry.detail for entry in AuditEntry.objects.all()]
    withdrawn = after == "team"
    assert is_told == withdrawn
    assert log == ["withdrawn from the knowledge hub"] * withdrawn


@pytest.mark.parametrize(("before", "after"), [("team", "shared"), ("shared", "team")])
def test_a_form_opened_before_it_was_decided_leaves_what_is_shared(client, before, after):
    document = make_document(confidentiality=before)
    as_coordinator(client, document)
    address = reverse("evidence:edit", args=[document.pk])
    form = form_on(client.get(address), "document-form")
    Document.objects.update(confidentiality=after)
    response = client.post(address, form | {"title": "Better title"})
    assert response.url == document.get_absolute_url()
    document.refresh_from_db()
    assert (document.title, document.confidentiality) == ("Better title", after)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("confidentiality", ["team", "shared"])
def test_the_library_itself_asks_who_decides_what_is_shared(confidentiality):
    document = make_document(confidentiality=confidentiality)
    member = make_membership(team=document.team).user
    sent = {"confidentiality": "team" if document.is_shared else "shared"}
    with pytest.raises(PermissionDenied):
        describe(document, sent, version=version_of(document), by=member)
    new = Document(team=document.team, title="New", confidentiality="shared")
    with pytest.raises(PermissionDenied):
        library.add_file(new, upload(), by=member)
    assert Document.objects.get().confidentiality == confidentiality


def test_sharing_by_the_form_of_a_document_is_in_the_log_too(client):
    document = make_document()
    as_coordinator(client, document)
    address = reverse("evidence:edit", args=[document.pk])
    for changes in [{"confidentiality": "shared"}, {"title": "Plan 2"}]:
        client.post(address, form_on(client.get(address), "document-form") | changes)
        assert AuditEntry.objects.get().detail == "shared to the knowledge hub"


def test_the_note_is_text_and_never_markup(client, stranger):
    make_shared("Plan", good_practice="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(HUB).content.decode()
