"""Two people save one PI: nothing is overwritten unseen, nothing that was typed is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assessments.models import IndicatorRating
from assessments.tests.factories import make_person, make_rating, stored
from assessments.tests.pages import fill_in, form_on, text_of
from assessments.workspace.transitions import StaleVersion, save_rating

MINE, THEIRS = "Mine, sent second.", "Theirs, stored first."


@pytest.fixture
def rating(db):
    return make_rating(code="2.2", met="bc", findings="As it was.", rating=3)


@pytest.fixture
def signed_in(client, rating):
    client.force_login(make_person(assessment=rating.assessment))
    return client


def meet(client, rating, *, theirs, mine):
    """Open the page, let somebody else save theirs, then send mine from the page opened first."""
    opened = form_on(client.get(rating.get_absolute_url()))
    assert fill_in(client, rating.get_absolute_url(), theirs).status_code == 302
    return client.post(rating.get_absolute_url(), opened | mine)


def test_second_save_of_a_text_shows_both_and_stores_nothing(signed_in, rating):
    page = meet(signed_in, rating, theirs={"findings": THEIRS}, mine={"findings": MINE})
    assert page.status_code == 409
    assert f"Stored now {THEIRS} Yours, not stored yet {MINE}" in text_of(page)
    assert form_on(page)["findings"] == MINE
    after = stored(rating)
    assert (after.findings, after.version) == (THEIRS, 2)


def test_conflict_names_who_saved_and_when(signed_in, rating):
    page = meet(signed_in, rating, theirs={"findings": THEIRS}, mine={"findings": MINE})
    after = stored(rating)
    sentence = f"{after.changed_by.name} saved PI 2.2 at {after.changed_at:%H:%M}, after you opened"
    assert sentence in text_of(page)


def test_saving_again_from_the_page_of_the_conflict_stores(signed_in, rating):
    page = meet(signed_in, rating, theirs={"findings": THEIRS}, mine={"findings": MINE})
    response = signed_in.post(rating.get_absolute_url(), form_on(page))
    assert response.status_code == 302
    after = stored(rating)
    assert (after.findings, after.version) == (MINE, 3)


def test_conflict_lists_only_what_differs(signed_in, rating):
    page = meet(signed_in, rating, theirs={"findings": THEIRS}, mine={"findings": MINE})
    conflict = page.content.decode().partition('class="side-by-side"')
    assert conflict[2].count('class="side-by-side"') == 0
    assert "Not yet agreed" not in conflict[1]


def test_conflict_about_an_answer_is_told_in_words(signed_in, rating):
    name = "criterion-a-is_met"
    page = meet(signed_in, rating, theirs={name: "yes"}, mine={name: "no"})
    assert page.status_code == 409
    assert "Stored now Met Yours, not stored yet Not met" in text_of(page)
    assert form_on(page)[name] == "no"


def test_conflict_about_the_rating_is_told_in_words(signed_in, rating):
    theirs = {"rating": "2", "difference_reason": "Strict."}
    mine = {"rating": "4", "difference_reason": "Generous."}
    page = meet(signed_in, rating, theirs=theirs, mine=mine)
    assert page.status_code == 409
    assert "Stored now Approaches Yours, not stored yet Exceeds" in text_of(page)
    assert stored(rating).rating == 2


def test_changes_that_do_not_touch_each_other_are_both_stored(signed_in, rating):
    response = meet(
        signed_in, rating, theirs={"findings": THEIRS}, mine={"means_of_verification": MINE}
    )
    assert response.status_code == 302
    after = stored(rating)
    assert (after.findings, after.means_of_verification) == (THEIRS, MINE)


def test_the_same_change_twice_is_no_conflict(signed_in, rating):
    response = meet(signed_in, rating, theirs={"findings": THEIRS}, mine={"findings": THEIRS})
    assert response.status_code == 302
    assert stored(rating).findings == THEIRS


@pytest.mark.parametrize("version", ["", "x", "-1", "99", str(10**30), "\x00"])
def test_a_version_that_never_was_overwrites_nothing(signed_in, rating, version):
    fields = {"version": version, "findings": MINE}
    response = fill_in(signed_in, rating.get_absolute_url(), fields)
    assert response.status_code == 409
    assert "What is stored is not what you had before you." in text_of(response)
    assert form_on(response)["findings"] == MINE
    assert stored(rating).findings == "As it was."


# At the very same moment


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_saves_exactly_one_wins():
    rating = make_rating(code="2.2", met="bc", findings="As it was.")
    user = make_person(assessment=rating.assessment)
    together = Barrier(2, timeout=20)

    def save(text):
        try:
            mine = IndicatorRating.objects.get(pk=rating.pk)
            mine.findings = text
            together.wait()
            save_rating(mine, [], [], by=user, version=1)
        except StaleVersion as stale:
            return stale
        finally:
            connection.close()
        return text

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(save, [MINE, THEIRS]))
    (refusal,) = [outcome for outcome in outcomes if isinstance(outcome, StaleVersion)]
    (winner,) = [outcome for outcome in outcomes if not isinstance(outcome, StaleVersion)]
    assert "PI 2.2 was saved by somebody else meanwhile" in str(refusal)
    assert refusal.current.findings == winner
    after = stored(rating)
    assert (after.findings, after.version) == (winner, 2)


def test_refused_save_leaves_nothing_changed(rating):
    user = make_person(assessment=rating.assessment)
    rating.findings = MINE
    with pytest.raises(StaleVersion):
        save_rating(rating, [], [], by=user, version=0)
    after = stored(rating)
    assert (after.findings, after.version, after.changed_by) == ("As it was.", 1, None)
