"""A save that was allowed when its page was opened, and is no more once its turn has come."""

from functools import partial

import pytest

from accounts.access import WrongState, access_of
from assessments.calculators import saving
from assessments.calculators.parity_sheet import ParitySheet
from assessments.calculators.sheets import SurveySheet
from assessments.models import Assessment, IndicatorRating, Parity, Survey
from assessments.tests.calculator_data import PARITY, SURVEY
from assessments.tests.factories import make_assessment, make_person, make_rating, stored
from assessments.workspace.form import IndicatorWorkspace
from assessments.workspace.saving import save_sent
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
CALCULATORS = [("4.2", SurveySheet, SURVEY), ("4.3", ParitySheet, PARITY)]


def opened(code):
    """A reassessed PI as its page is opened, with a year before it, and who opened it."""
    before = make_rating(
        assessment=make_assessment(year=2021, state="endorsed"),
        code=code,
        rating=Rating.MEETS,
        difference_reason="So.",
    )
    rating = make_rating(assessment=make_assessment(team=before.assessment.team), code=code)
    by = make_person(assessment=rating.assessment)
    return rating, by, access_of(by, rating.assessment.team, state="scoring")


def freeze(rating):
    Assessment.objects.filter(pk=rating.assessment_id).update(state="endorsement")


def give_back(rating):
    """As the coordinator does who takes the PI out of the choice."""
    origin = IndicatorRating.objects.get(
        assessment__year=2021, indicator__code=rating.indicator.code
    )
    IndicatorRating.objects.filter(pk=rating.pk).update(
        is_reassessed=False,
        origin=origin,
        rating=origin.rating,
        computed_rating=origin.computed_rating,
        difference_reason=origin.difference_reason,
        version=2,
    )


MEANWHILE = [
    (freeze, "the assessment is in “Endorsement"),
    (give_back, "it is carried over by now"),
]


@pytest.mark.parametrize(("code", "sheet", "data"), CALCULATORS)
@pytest.mark.parametrize(("meanwhile", "sentence"), MEANWHILE)
def test_numbers_are_not_written(code, sheet, data, meanwhile, sentence):
    rating, by, access = opened(code)
    sheet = sheet(rating, access=access, data=data)
    assert sheet.is_valid()
    meanwhile(rating)
    with pytest.raises(WrongState, match=f"PI {code} was not saved: {sentence}"):
        saving.save(sheet, partial(workspace_of, rating, access), version="0", by=by)
    assert not Survey.objects.exists()
    assert not Parity.objects.exists()


@pytest.mark.parametrize(("meanwhile", "sentence"), MEANWHILE)
def test_findings_are_not_written(meanwhile, sentence):
    rating, by, access = opened("2.2")
    workspace = workspace_of(rating, access)
    meanwhile(rating)
    with pytest.raises(WrongState, match=f"PI 2.2 was not saved: {sentence}"):
        save_sent(
            workspace,
            {"findings": "Seen.", "version": "1"},
            reopen=partial(workspace_of, rating, access),
            by=by,
        )
    assert stored(rating).findings == ""


def workspace_of(rating, access):
    fresh = stored(rating)
    fresh.assessment = rating.assessment
    return IndicatorWorkspace(fresh, access=access, is_decided=False)
