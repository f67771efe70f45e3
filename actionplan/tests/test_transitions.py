import pytest

from accounts.models import Mail, Membership, User
from accounts.tests.factories import make_cycle, make_entity, make_membership, make_team
from actionplan import transitions
from actionplan.models import ActionPoint
from actionplan.tests.factories import make_plan, make_point, make_verification
from assessments.transitions import TransitionRefused

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def point():
    return make_point(lead=make_entity())


def person(point, *, entity="UNDP", role=Role.MEMBER):
    return make_membership(team=point.plan.team, entity=make_entity(acronym=entity), role=role).user


def claimed(point, *, by=None):
    return transitions.claim_done(point, by=by or person(point))


def done(point):
    return transitions.verify(
        claimed(point),
        by=person(point, entity="UNFPA"),
        document=make_verification(team=point.plan.team),
    )


def events(point):
    return [(row.kind, row.from_status, row.to_status, row.comment) for row in point.events.all()]


def assert_refused(match, move, point, **facts):
    """The move is refused with these words, and nothing has changed."""
    before = ActionPoint.objects.values().get(pk=point.pk), events(point)
    with pytest.raises(TransitionRefused, match=match):
        move(point, **facts)
    assert (ActionPoint.objects.values().get(pk=point.pk), events(point)) == before


def test_start_puts_a_planned_point_under_way_and_records_it(point):
    by = person(point)
    started = transitions.start(point, by=by)
    assert (started.status, started.version, started.changed_by) == ("under_way", 2, by)
    assert events(point) == [("started", "planned", "under_way", "")]
    assert point.history.first().history_user == by


def test_a_point_that_was_started_is_not_started_again(point):
    transitions.start(point, by=person(point))
    assert_refused("is “Under way” by now", transitions.start, point, by=person(point))


def mails():
    return {mail.recipient for mail in Mail.objects.filter(event="to_verify")}


def test_a_claim_asks_coordinators_and_supporting_entities_who_may_verify_it(point):
    supporting = make_entity(acronym="WHO")
    point.supporting.add(supporting)
    coordinator = person(point, entity="UNFPA", role=Role.COORDINATOR)
    supporter, _far = person(point, entity="WHO"), person(point, entity="FAO")
    person(point, role=Role.COORDINATOR)  # of the entity that says so itself

    claimed(point)

    assert mails() == {coordinator, supporter}
    mail = Mail.objects.filter(recipient=supporter).get()
    assert mail.subject == "Is action point 1 done?"
    assert "Agree on joint messages." in mail.text
    assert mail.link.endswith(point.get_absolute_url())


def test_a_claim_asks_everybody_who_may_verify_it_where_nobody_is_nearer(point):
    far = person(point, entity="FAO")

    claimed(point)

    assert mails() == {far}


def test_who_wants_no_news_is_not_asked_to_verify(point):
    far = person(point, entity="FAO")
    far.news = User.News.NEVER
    far.save()

    claimed(point)

    assert mails() == set()


def test_a_claim_names_who_says_so_and_for_which_entity(point):
    by = person(point)
    asked = transitions.claim_done(point, by=by, comment="Launched in May.")
    assert (asked.status, asked.claimed_by, asked.claimed_entity) == (
        "under_way",
        by,
        make_entity(),
    )
    assert asked.is_claimed
    assert events(point) == [("claimed", "planned", "under_way", "Launched in May.")]


def test_a_second_claim_is_refused_by_name(point):
    claimed(point)
    assert_refused("Aigerim S. has said already", transitions.claim_done, point, by=person(point))


def test_whoever_serves_twice_claims_for_the_entity_that_leads(point):
    by = person(point, entity="AAA", role=Role.COORDINATOR)
    make_membership(team=point.plan.team, user=by, entity=make_entity())
    assert transitions.claim_done(point, by=by).claimed_entity == make_entity()


def test_another_entity_verifies_with_a_document(point):
    claimed(point)
    by, document = person(point, entity="UNFPA"), make_verification(team=point.plan.team)
    verified = transitions.verify(point, by=by, document=document, comment="Seen.")
    assert (verified.status, verified.verified_by, verified.verification) == ("done", by, document)
    assert verified.verified_entity.acronym == "UNFPA"
    assert events(point)[0] == ("verified", "under_way", "done", "Seen.")


def verification(point, by):
    return {"by": by, "document": make_verification(team=point.plan.team)}


def test_nobody_verifies_what_they_claimed(point):
    by = person(point, entity="UNFPA")
    claimed(point, by=by)
    assert_refused("You said yourself", transitions.verify, point, **verification(point, by))


def test_a_colleague_of_the_claiming_entity_does_not_verify(point):
    claimed(point, by=person(point, entity="UNFPA"))
    colleague = person(point, entity="UNFPA")
    assert_refused(
        "UNFPA says that it is done", transitions.verify, point, **verification(point, colleague)
    )


def test_the_leading_entity_does_not_verify_what_the_coordinator_claimed(point):
    claimed(point, by=person(point, entity="RCO", role=Role.COORDINATOR))
    assert_refused("UNDP leads it", transitions.verify, point, **verification(point, person(point)))


def test_whoever_does_not_serve_in_the_assessment_team_does_not_verify(point):
    claimed(point)
    head = person(point, entity="WHO", role=Role.HEAD_OF_AGENCY)
    assert_refused(
        "You do not serve in this team", transitions.verify, point, **verification(point, head)
    )


def test_what_nobody_claims_is_not_verified(point):
    transitions.start(point, by=person(point))
    by = person(point, entity="UNFPA")
    assert_refused("Nobody has said yet", transitions.verify, point, **verification(point, by))


def test_a_document_of_another_team_verifies_nothing(point):
    claimed(point)
    elsewhere = make_team(code="KGZ", country="Kyrgyzstan")
    assert_refused(
        "a document of this team",
        transitions.verify,
        point,
        by=person(point, entity="UNFPA"),
        document=make_verification(team=elsewhere),
    )


def test_a_dropped_point_keeps_its_reason_and_loses_its_claim(point):
    dropped = transitions.drop(claimed(point), by=person(point), reason="No funds.")
    assert (dropped.status, dropped.dropped_reason, dropped.claimed_by) == (
        "dropped",
        "No funds.",
        None,
    )
    assert events(point)[0] == ("dropped", "under_way", "dropped", "No funds.")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_dropping_and_opening_again_need_a_reason(point, reason):
    assert_refused("Say why", transitions.drop, point, by=person(point), reason=reason)
    transitions.drop(point, by=person(point), reason="No funds.")
    assert_refused("Say why", transitions.reopen, point, by=person(point), reason=reason)


def test_a_closed_point_is_not_dropped(point):
    done(point)
    assert_refused("is “Done” by now", transitions.drop, point, by=person(point), reason="x")


@pytest.mark.parametrize("closed", [done, claimed])
def test_opening_again_takes_claim_and_verification_back(point, closed):
    closed(point)
    opened = transitions.reopen(point, by=person(point), reason="The strategy was withdrawn.")
    assert opened.status == "under_way"
    assert not opened.is_claimed
    assert (opened.verified_by, opened.verification) == (None, None)
    assert events(point)[0][3] == "The strategy was withdrawn."


def test_a_dropped_point_is_taken_up_again(point):
    transitions.drop(point, by=person(point), reason="No funds.")
    assert transitions.reopen(point, by=person(point), reason="Funds.").dropped_reason == ""


def test_what_is_open_is_not_opened_again(point):
    transitions.start(point, by=person(point))
    assert_refused("is open already", transitions.reopen, point, by=person(point), reason="x")


def test_a_point_that_went_into_the_next_plan_does_not_move(point):
    cycle = make_cycle(team=point.plan.team, first_year=2026, last_year=2030)
    point.became = make_point(plan=make_plan(cycle=cycle))
    point.save(update_fields=["became"])
    assert_refused("went into the next plan", transitions.start, point, by=person(point))
