"""What the report says of the workshop: counts, the agreed rating, the minute, dissent."""

import pytest

from assessments.tests.workshop_data import make_scene
from assessments.workshop.agreement import record_agreed, record_dissent
from report.as_json import as_json
from report.contents import AssessmentReport
from report.from_json import from_json
from report.html import document
from report.tests.lookup import findings_of
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return make_scene()


def workshop_of(scene):
    return findings_of(AssessmentReport.of(scene.assessment), "2.2").workshop


def agree(scene, agreed, **fields):
    record_agreed(scene.workshop, scene.rating, agreed=agreed, by=scene.coordinator, **fields)


def test_a_pi_that_was_not_voted_on_says_nothing_of_the_workshop(scene):
    assert workshop_of(scene) is None


def test_hidden_votes_are_not_mentioned(scene):
    scene.vote(scene.opened(), "FAO", Rating.MEETS)
    assert workshop_of(scene) is None


def test_the_sentence_counts_the_votes_and_names_their_range_and_the_rating(scene):
    scene.revealed(FAO=2, UNDP=3)
    assert workshop_of(scene).sentence == (
        "2 of 3 entities voted, approaches to meets; not agreed yet"
    )
    agree(scene, Rating.MEETS)
    assert workshop_of(scene).sentence == (
        "2 of 3 entities voted, approaches to meets; agreed: meets"
    )


def test_a_unanimous_second_round_counts_and_not_the_first(scene):
    scene.revealed(FAO=1, UNDP=3)
    scene.revealed(FAO=3, UNDP=3, UNICEF=3)
    agree(scene, Rating.MEETS)
    assert workshop_of(scene).sentence == "3 of 3 entities voted, all meets; agreed: meets"


def test_minute_and_dissent_are_printed_and_no_entitys_vote(scene):
    scene.revealed(FAO=2, UNDP=3, UNICEF=3)
    agree(scene, Rating.MEETS, minute="The budget was debated.")
    record_dissent(
        scene.workshop,
        scene.rating,
        entity=scene.entity("FAO"),
        sentence="There is <no> budget.",
        by=scene.coordinator,
    )
    page = document(AssessmentReport.of(scene.assessment))
    assert "3 of 3 entities voted, approaches to meets; agreed: meets." in page
    assert "The budget was debated." in page
    assert "Dissent of FAO:" in page
    assert "There is &lt;no&gt; budget." in page
    assert "UNICEF" not in str(workshop_of(scene))


def test_what_is_kept_of_a_report_brings_the_workshop_back(scene):
    scene.revealed(FAO=2, UNDP=3)
    report = AssessmentReport.of(scene.assessment)
    assert from_json(as_json(report)).findings == report.findings
