"""Evidence and action plans for tests of the report. The default is the boring valid case."""

from hashlib import sha256
from itertools import count

from accounts.tests.factories import make_user
from actionplan.models import ActionPlan, ActionPoint, Activity
from evidence.models import Citation, Document

_numbers = count(1)


def make_citation(
    *, rating, title="Annual report", category="Other", document=None, key=None, **fields
):
    """A document of the rating's team under the rating, as a whole or for the criterion `key`."""
    framework = rating.assessment.framework
    return Citation.objects.create(
        document=document or make_document(team=rating.assessment.team, title=title),
        indicator_rating=rating,
        category=framework.evidence_categories.get(title=category),
        criterion=rating.indicator.criteria.get(key=key) if key else None,
        **fields,
    )


def make_document(*, team, title="Annual report"):
    """A document without a file: a report names it and does not open it."""
    return Document.objects.create(
        team=team,
        title=title,
        file="evidence/none.pdf",
        original_name="none.pdf",
        extension="pdf",
        content_type="application/pdf",
        size=1,
        sha256=sha256(str(next(_numbers)).encode()).hexdigest(),
        uploaded_by=make_user(),
    )


def make_action_point(*, assessment, code="2.2", text="Do it.", first_year=2021, activities=None):
    """A point in the plan of the assessment's cycle. activities: text by year."""
    plan, _new = ActionPlan.objects.get_or_create(
        cooperation_framework=assessment.cooperation_framework,
        defaults={"title": "Action plan", "first_year": first_year},
    )
    point = ActionPoint.objects.create(
        plan=plan,
        number=plan.action_points.count() + 1,
        indicator=assessment.indicator_ratings.get(indicator__code=code).indicator,
        text=text,
    )
    for year, done in (activities or {}).items():
        Activity.objects.create(action_point=point, year=year, text=done)
    return point
