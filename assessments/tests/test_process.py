"""Two coordinators on the narrative of one year: nothing is overwritten unseen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse

from accounts.access import WrongState
from assessments.models import Assessment
from assessments.process import describing
from assessments.tests.factories import make_assessment, make_person
from assessments.tests.pages import form_on, text_of

MINE, THEIRS = "Mine, sent second.", "Theirs, stored first."


@pytest.fixture
def assessment(db):
    return make_assessment(process="As it was.", scoring_due=date(2022, 5, 1))


@pytest.fixture
def address(assessment):
    return reverse("assessments:edit", args=[assessment.pk])


@pytest.fixture
def coordinator(client, assessment):
    person = make_person(assessment=assessment)
    client.force_login(person)
    return person


def opened(client, address):
    return form_on(client.get(address), "process-form")


def meet(client, address, *, theirs, mine):
    """Open the page, let somebody else save theirs, then send mine from the page opened first."""
    first = opened(client, address)
    assert client.post(address, opened(client, address) | theirs).status_code == 302
    return client.post(address, first | mine)


def test_of_two_on_one_text_the_second_sees_both_and_nothing_is_stored(
    client, assessment, coordinator, address
):
    mine = {"process": MINE, "comments": "Of mine."}
    page = meet(client, address, theirs={"process": THEIRS, "team_role": "Of theirs."}, mine=mine)
    assert page.status_code == 409
    assert f"The process Stored now {THEIRS} Yours, not stored yet {MINE}" in text_of(page)
    sent_again = form_on(page, "process-form")
    assert (sent_again["process"], sent_again["comments"]) == (MINE, "Of mine.")
    assert sent_again["team_role"] == "Of theirs."
    assessment.refresh_from_db()
    assert (assessment.process, assessment.comments) == (THEIRS, "")


def test_saving_again_from_the_page_of_the_conflict_stores(
    client, assessment, coordinator, address
):
    page = meet(client, address, theirs={"process": THEIRS}, mine={"process": MINE})
    assert client.post(address, form_on(page, "process-form")).status_code == 302
    assessment.refresh_from_db()
    assert assessment.process == MINE


def test_changes_of_different_texts_and_dates_are_all_stored(
    client, assessment, coordinator, address
):
    theirs = {"process": THEIRS, "workshop_on": "2022-06-01"}
    mine = {"comments": MINE, "planning_due": "2022-04-01"}
    assert meet(client, address, theirs=theirs, mine=mine).status_code == 302
    assessment.refresh_from_db()
    assert (assessment.process, assessment.comments) == (THEIRS, MINE)
    assert (assessment.planning_due, assessment.workshop_on) == (date(2022, 4, 1), date(2022, 6, 1))


def test_a_rationale_saved_on_the_page_of_the_choice_is_not_overwritten(
    client, assessment, coordinator, address
):
    first = opened(client, address)
    Assessment.objects.update(rationale="Saved with the choice.")
    assert client.post(address, first | {"process": MINE}).status_code == 302
    assessment.refresh_from_db()
    assert (assessment.process, assessment.rationale) == (MINE, "Saved with the choice.")


def test_a_conflict_about_a_date_is_told_in_words(client, assessment, coordinator, address):
    theirs, mine = {"scoring_due": "2022-05-10"}, {"scoring_due": "2022-05-20"}
    page = meet(client, address, theirs=theirs, mine=mine)
    assert page.status_code == 409
    assert "Stored now 10 May 2022 Yours, not stored yet 20 May 2022" in text_of(page)
    assert form_on(page, "process-form")["scoring_due"] == "2022-05-20"


def test_dates_of_two_people_that_do_not_follow_each_other_are_said_and_not_stored(
    client, assessment, coordinator, address
):
    theirs, mine = {"planning_due": "2022-04-20"}, {"scoring_due": "2022-04-10", "process": MINE}
    page = meet(client, address, theirs=theirs, mine=mine)
    assert page.status_code == 409
    assert "The dates follow each other" in text_of(page)
    shown = form_on(page, "process-form")
    assert (shown["planning_due"], shown["scoring_due"]) == ("2022-04-20", "2022-04-10")
    assert shown["process"] == MINE
    assessment.refresh_from_db()
    assert assessment.scoring_due == date(2022, 5, 1)


@pytest.mark.parametrize("day", ["0001-01-01", "2020-12-31", "2999-01-01"])
def test_a_day_far_from_the_year_is_refused_at_its_field(
    client, assessment, coordinator, address, day
):
    page = client.post(address, opened(client, address) | {"planning_due": "", "workshop_on": day})
    assert page.status_code == 422
    assert "is too far away. Choose a day from 1 Jan 2021 to" in text_of(page)
    assessment.refresh_from_db()
    assert assessment.workshop_on is None


@pytest.mark.parametrize("version", ["", "x", "-", "---------", "\x00"])
def test_a_version_that_never_was_overwrites_nothing(
    client, assessment, coordinator, address, version
):
    sent = {"version": version, "process": MINE, "scoring_due": ""}
    assert client.post(address, sent).status_code in {409, 422}
    assessment.refresh_from_db()
    assert (assessment.process, assessment.scoring_due) == ("As it was.", date(2022, 5, 1))


def test_a_save_that_comes_after_the_assessment_moved_on_writes_nothing(assessment, coordinator):
    version = describing.version_of(assessment)
    Assessment.objects.update(state="endorsed")
    with pytest.raises(WrongState, match="while the assessment is in “Endorsed”"):
        describing.describe(assessment, {"process": MINE}, version=version, by=coordinator)
    assessment.refresh_from_db()
    assert assessment.process == "As it was."


def test_sending_what_stands_there_writes_nothing(client, assessment, coordinator, address):
    assert client.post(address, opened(client, address)).status_code == 302
    assessment.refresh_from_db()
    assert assessment.process == "As it was."


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_saves_of_one_text_exactly_one_wins():
    assessment = make_assessment(process="As it was.")
    person = make_person(assessment=assessment)
    version = describing.version_of(assessment)
    together = Barrier(2, timeout=20)

    def save(text):
        try:
            together.wait()
            sent = {"process": text}
            return describing.describe(assessment, sent, version=version, by=person)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(save, [MINE, THEIRS]))
    (loser,) = [outcome for outcome in outcomes if not outcome.is_saved]
    stored = Assessment.objects.get(pk=assessment.pk).process
    assert loser.conflicts == {"process": stored}
    assert {stored, loser.content["process"]} == {MINE, THEIRS}
