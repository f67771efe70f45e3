"""One action point as the client sees it: writing, moving along, what is refused in which words."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership, make_team, make_user
from actionplan import transitions
from actionplan.models import ActionPoint
from actionplan.tests.factories import make_activity, make_plan, make_point, make_verification
from assessments.tests.factories import make_assessment

pytestmark = pytest.mark.django_db
Role = Membership.Role
YEAR = timezone.localdate().year


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def point(plan):
    return make_point(plan=plan, lead=make_entity())


def sign_in(client, plan, role=Role.MEMBER, *, entity="UNDP"):
    membership = make_membership(team=plan.team, role=role, entity=make_entity(acronym=entity))
    client.force_login(membership.user)
    return membership


@pytest.fixture
def member(client, plan):
    return sign_in(client, plan)


@pytest.fixture
def coordinator(client, plan):
    return sign_in(client, plan, Role.COORDINATOR, entity="RCO")


def url(name, *arguments):
    return reverse(f"actionplan:{name}", args=arguments)


def text_of(response):
    return " ".join(response.content.decode().split())


def filled(point, **changes):
    return {
        "version": point.version,
        "indicator": point.indicator.pk,
        "text": point.text,
        "lead": point.lead_id or "",
    } | changes


# Adding


def test_a_point_is_added_from_a_pi_with_that_pi_chosen(client, plan, coordinator):
    make_assessment(cycle=plan.cooperation_framework)
    page = client.get(url("add", "KAZ", 2021) + "?pi=2.3")
    assert page.context["form"].initial["indicator"].code == "2.3"
    chosen = page.context["form"].initial["indicator"].pk
    sent = {"version": 1, "indicator": chosen, "text": "Agree on messages."}
    response = client.post(url("add", "KAZ", 2021), sent)
    added = ActionPoint.objects.get()
    assert response.url == added.get_absolute_url()
    assert (added.indicator.code, added.plan, added.number) == ("2.3", plan, 1)


def test_a_member_adds_points_of_the_own_entity(client, plan, member):
    assessment = make_assessment(cycle=plan.cooperation_framework)
    rating = assessment.indicator_ratings.get(indicator__code="2.2")
    sent = {"version": 1, "indicator": rating.indicator_id, "text": "Agree on messages."}
    page = client.post(url("add", "KAZ", 2021), sent)
    assert page.status_code == 422
    assert "You add actions of your own entity" in text_of(page)
    sent["supporting"] = [member.entity_id]
    assert client.post(url("add", "KAZ", 2021), sent).status_code == 302
    assert ActionPoint.objects.get().entities == {member.entity_id}


def test_what_is_missing_is_said_at_the_field_and_in_the_summary(client, plan, coordinator):
    page = client.post(url("add", "KAZ", 2021), {"version": 1})
    text = text_of(page)
    assert page.status_code == 422
    assert 'href="#id_indicator">Choose the PI that the action serves.' in text
    assert 'href="#id_text">Say what is to be done.' in text
    assert not ActionPoint.objects.exists()


# Changing


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"start": "2022-05-02", "due": "2022-05-01"}, "An action point is due after it starts."),
        ({"resources_required": "10"}, "Give the currency of the amounts, such as USD."),
        ({"currency": "USD"}, "Give an amount, or leave the currency empty."),
        ({"resources_required": "10", "currency": "XXY"}, "“XXY” is no currency"),
        ({"resources_required": "-1", "currency": "USD"}, "An amount is 0 or more."),
        ({"resources_required": "1e99", "currency": "USD"}, "digits"),
        ({"text": " "}, "Say what is to be done."),
    ],
)
def test_what_cannot_be_is_refused_once_and_nothing_is_stored(
    client, point, coordinator, sent, sentence
):
    page = client.post(url("edit", point.pk), filled(point, **sent))
    assert page.status_code == 422
    assert len(page.context["form"].field_errors) == 1
    assert sentence in text_of(page)
    assert ActionPoint.objects.get(pk=point.pk).version == 1


def test_a_criterion_belongs_to_the_pi_of_the_point(client, point, coordinator):
    other = make_point(plan=point.plan, number=2, code="2.3").indicator.criteria.first()
    page = client.post(url("edit", point.pk), filled(point, criterion=other.pk))
    assert "This criterion belongs to PI 2.3. Choose one of PI 2.2." in text_of(page)


def test_everything_that_can_be_said_is_stored(client, point, coordinator):
    who = make_membership(team=point.plan.team, entity=make_entity(acronym="WHO")).entity
    criterion = point.indicator.criteria.get(key="a")
    sent = filled(
        point,
        criterion=criterion.pk,
        supporting=[who.pk, point.lead_id],
        other_indicators=[point.indicator_id],
        start="2022-01-01",
        due="2022-12-31",
        resources_required="12000.50",
        currency="kzt",
    )
    assert client.post(url("edit", point.pk), sent).status_code == 302
    stored = ActionPoint.objects.get(pk=point.pk)
    assert (stored.criterion, stored.due, stored.currency) == (
        criterion,
        date(2022, 12, 31),
        "KZT",
    )
    assert str(stored.resources_required) == "12000.50"
    assert list(stored.supporting.all()) == [who]  # the lead does not support itself
    assert not stored.other_indicators.exists()  # nor is the first PI another one


def test_who_saves_second_loses_nothing_and_sees_both(client, point, coordinator):
    client.post(url("edit", point.pk), filled(point, text="Theirs."))
    page = client.post(url("edit", point.pk), filled(point, text="Mine."))
    text = text_of(page)
    assert page.status_code == 409
    assert "saved this on" in text
    assert "Theirs." in text
    assert "Mine.</textarea>" in text
    again = filled(point, text="Mine.", version=page.context["form"]["version"].value())
    assert client.post(url("edit", point.pk), again).status_code == 302
    assert ActionPoint.objects.get(pk=point.pk).text == "Mine."


def test_a_closed_point_is_not_changed(client, point, coordinator):
    transitions.drop(point, by=coordinator.user, reason="No funds.")
    page = client.post(url("edit", point.pk), filled(point, version=2))
    assert page.status_code == 409
    assert "Open it again before you change it." in text_of(page)


def test_another_entity_reads_and_does_not_change(client, point):
    sign_in(client, point.plan, entity="WHO")
    text = text_of(client.get(point.get_absolute_url()))
    assert url("edit", point.pk) not in text
    assert url("activity", point.pk, YEAR) not in text
    assert client.post(url("edit", point.pk), filled(point)).status_code == 403


def test_a_point_of_another_team_is_not_there(client, point):
    client.force_login(make_user())
    assert client.get(point.get_absolute_url()).status_code == 404


# Activities


def test_last_years_text_stands_beside_the_field_and_never_in_it(client, point, member):
    make_activity(point=point, year=YEAR - 1, text="A retreat was held.")
    page = client.get(url("activity", point.pk, YEAR))
    assert "A retreat was held." in text_of(page)
    assert page.context["form"]["text"].value() == ""


def test_an_activity_is_written_and_shown_with_its_author(client, point, member):
    sent = {"version": 0, "text": "A retreat was held."}
    assert client.post(url("activity", point.pk, YEAR), sent).status_code == 302
    text = text_of(client.get(point.get_absolute_url()))
    assert "A retreat was held." in text
    assert member.user.name in text


def test_neither_text_nor_no_action_is_refused(client, point, member):
    page = client.post(url("activity", point.pk, YEAR), {"version": 0, "text": ""})
    assert page.status_code == 422
    assert "Say what was undertaken, or that no action was taken." in text_of(page)


def test_two_who_write_on_one_year_see_both_texts(client, point, member):
    client.post(url("activity", point.pk, YEAR), {"version": 0, "text": "Theirs."})
    page = client.post(url("activity", point.pk, YEAR), {"version": 0, "text": "Mine."})
    text = text_of(page)
    assert page.status_code == 409
    assert "Theirs." in text
    assert "Mine.</textarea>" in text
    assert page.context["form"]["version"].value() == 1


def test_a_year_that_was_reported_is_added_to(client, point, member):
    make_activity(point=point, year=2022, text="A retreat was held.")
    make_assessment(cycle=point.plan.cooperation_framework, year=2022, state="endorsed")
    page = client.get(url("activity", point.pk, 2022))
    assert "The report of 2022 is in “Endorsed”" in text_of(page)
    sent = {"text": "The minutes came later."}
    assert client.post(url("activity", point.pk, 2022), sent).status_code == 302
    text = text_of(client.get(point.get_absolute_url()))
    assert "A retreat was held." in text
    assert "after the report of the year" in text


@pytest.mark.parametrize("year", [2020, YEAR + 1])
def test_a_year_outside_the_plan_is_not_there(client, point, member, year):
    assert client.get(url("activity", point.pk, year)).status_code == 404


# Moves


def test_from_planned_to_done_by_two_people_of_two_entities(client, point, member):
    client.post(url("start", point.pk))
    client.post(url("claim", point.pk), {"comment": "See the minutes."})
    document = make_verification(team=point.plan.team)
    text = text_of(client.get(point.get_absolute_url()))
    assert "You said yourself that it is done." in text
    assert url("verify", point.pk) not in text
    verifier = sign_in(client, point.plan, entity="WHO")
    assert url("verify", point.pk) in text_of(client.get(point.get_absolute_url()))
    response = client.post(url("verify", point.pk), {"document": document.pk})
    assert response.url == point.get_absolute_url()
    text = text_of(client.get(point.get_absolute_url()))
    assert f"{verifier.user.name} (WHO) verified it" in text
    assert document.title in text


def test_the_own_claim_is_refused_in_words(client, point, member):
    transitions.claim_done(point, by=member.user)
    page = client.get(url("verify", point.pk))
    assert page.status_code == 409
    assert "You said yourself that it is done." in text_of(page)


def test_a_verification_names_its_document(client, point, member):
    transitions.claim_done(point, by=member.user)
    sign_in(client, point.plan, entity="WHO")
    elsewhere = make_verification(team=make_team(code="KGZ", country="Kyrgyzstan"))
    for document in ["", elsewhere.pk]:
        page = client.post(url("verify", point.pk), {"document": document})
        assert page.status_code == 422
    assert ActionPoint.objects.get(pk=point.pk).status == "under_way"


def test_who_could_verify_may_send_back_what_is_not_done(client, point, member):
    transitions.claim_done(point, by=member.user)
    sign_in(client, point.plan, entity="WHO")
    assert url("reopen", point.pk) in text_of(client.get(point.get_absolute_url()))
    client.post(url("reopen", point.pk), {"reason": "The launch was put off."})
    stored = ActionPoint.objects.get(pk=point.pk)
    assert (stored.status, stored.is_claimed) == ("under_way", False)


def test_dropping_needs_a_reason_and_is_read_afterwards(client, point, member):
    page = client.post(url("drop", point.pk), {"reason": ""})
    assert page.status_code == 422
    assert "Say why." in text_of(page)
    client.post(url("drop", point.pk), {"reason": "The strategy was withdrawn."})
    assert "The strategy was withdrawn." in text_of(client.get(point.get_absolute_url()))


def test_a_move_that_came_too_late_says_so(client, point, member):
    transitions.drop(point, by=member.user, reason="No funds.")
    page = client.post(url("drop", point.pk), {"reason": "No funds."})
    assert page.status_code == 409
    assert "is “Dropped” by now" in text_of(page)
    response = client.post(url("start", point.pk), follow=True)
    assert "is “Dropped” by now" in text_of(response)


def test_the_page_of_a_point_keeps_its_budget(client, point, member, django_assert_max_num_queries):
    for year in range(2021, YEAR + 1):
        make_activity(point=point, year=year, by=member.user, at=timezone.now())
    for number in range(2, 12):
        former = make_point(plan=point.plan, number=number)
        former.became = point
        former.save()
    with django_assert_max_num_queries(20):
        client.get(point.get_absolute_url())
