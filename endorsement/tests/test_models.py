from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.tests.factories import make_assessment
from endorsement.models import Decision, Delegation, Endorsement, EndorsementRule, Seat
from endorsement.tests.factories import (
    make_decision,
    make_delegation,
    make_endorsement,
    make_query,
    make_rule,
    make_seat,
    make_submission,
    make_version,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def refused(make, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**fields)


def test_version_one_and_no_other_is_the_first():
    version = make_version()
    refused(make_version, assessment=version.assessment, number=2, change="first")
    refused(make_version, assessment=version.assessment, number=1)
    refused(make_version, assessment=make_assessment(year=2023), number=1, change="material")


def test_a_raised_class_is_material():
    version = make_version()
    refused(make_version, assessment=version.assessment, number=2, is_raised=True)
    make_version(assessment=version.assessment, number=2, change="material", is_raised=True)


def test_a_version_is_known_by_a_sha256():
    refused(make_version, sha256="a" * 63)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("quorum", {}),
        ("quorum", {"quorum": 0}),
        ("all", {"quorum": 3}),
        ("no_objection", {}),
        ("whoever", {}),
    ],
)
def test_a_rule_has_what_its_kind_needs(kind, fields):
    refused(make_rule, assessment=make_assessment(), kind=kind, **fields)


def test_a_rule_of_each_kind_is_stored():
    make_rule(assessment=make_assessment(year=2021))
    make_rule(assessment=make_assessment(year=2022), kind="quorum", quorum=3)
    make_rule(assessment=make_assessment(year=2023), kind="no_objection", due=date(2023, 12, 1))
    assert EndorsementRule.objects.count() == 3


def test_heads_of_agency_and_the_rc_have_a_seat_and_nobody_else():
    make_seat(role="resident_coordinator", acronym="RCO")
    refused(make_seat, assessment=make_assessment(year=2023), role="observer")


def test_a_seat_is_valid_while_its_person_serves_in_the_same_place():
    seat = make_seat()
    assert list(Seat.objects.valid()) == [seat]
    membership = seat.membership
    membership.role = "observer"
    membership.save()
    assert not Seat.objects.valid()
    membership.role, membership.ended_on = seat.role, date(2022, 12, 1)
    membership.save()
    assert not Seat.objects.valid()


def test_an_objection_gives_its_reason():
    seat = make_seat()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            seat=seat,
            version=make_version(assessment=seat.assessment),
            kind="object",
            by=seat.membership.user,
            at=NOW,
        )
    refused(make_decision, seat=seat, kind="nod")


def test_a_delegation_has_its_days_in_order_and_a_whole_withdrawal():
    seat = make_seat()
    refused(make_delegation, seat=seat, first_day=date(2022, 2, 2), last_day=date(2022, 2, 1))
    refused(make_delegation, seat=seat, withdrawn_at=NOW)
    refused(make_delegation, seat=seat, withdrawn_by=seat.membership.user)


def test_a_delegation_stands_from_its_first_day_to_its_last():
    delegation = make_delegation(first_day=date(2022, 3, 1), last_day=date(2022, 3, 5))
    days = [date(2022, 2, 28), date(2022, 3, 1), date(2022, 3, 5), date(2022, 3, 6)]
    standing = [Delegation.objects.standing(on=day).exists() for day in days]
    assert standing == [False, True, True, False]
    delegation.withdrawn_by, delegation.withdrawn_at = delegation.made_by, NOW
    delegation.save()
    assert not Delegation.objects.standing(on=date(2022, 3, 3))


def test_the_newest_endorsement_is_in_force_while_the_assessment_stands_endorsed():
    first = make_endorsement()
    second = make_endorsement(version=first.version)
    assert list(Endorsement.objects.in_force()) == [second]
    first.assessment.state = "consolidation"
    first.assessment.save()
    assert not Endorsement.objects.in_force()


def test_a_submission_is_named_by_team_year_and_number():
    assert make_submission().receipt == "KAZ-2022-1"


def test_a_query_is_closed_whole_and_proposes_a_rating_there_is():
    assessment = make_assessment(state="submitted")
    refused(make_query, assessment=assessment, closed_at=NOW)
    refused(make_query, assessment=assessment, proposed_rating=5)
    assert make_query(assessment=assessment, code="4.3").is_about == "4.3"


def test_a_time_zone_is_one_that_there_is():
    team = make_assessment().team
    team.time_zone = "Asia/Alma-Ata-Street"
    with pytest.raises(ValidationError, match="is no time zone: write one such as Asia/Almaty"):
        team.full_clean()
