"""Action plans for tests. The default is the boring valid case."""

from accounts.tests.factories import make_cycle, make_user
from actionplan.models import ActionPlan, ActionPoint, Activity
from scorecard.models import Indicator
from scorecard.tests.factories import load_edition


def make_plan(*, cycle=None, title="Action plan", first_year=2021):
    return ActionPlan.objects.create(
        cooperation_framework=cycle or make_cycle(), title=title, first_year=first_year
    )


def make_point(*, plan=None, number=1, code="2.2", text="Agree on joint messages.", **fields):
    """An agreed action under PI 2.2 of the 2018 edition, planned, by nobody, without dates."""
    return ActionPoint.objects.create(
        plan=plan or make_plan(),
        number=number,
        indicator=Indicator.objects.of_framework(load_edition()).get(code=code),
        text=text,
        **fields,
    )


def make_activity(*, point=None, year=2022, text="A campaign was run.", **fields):
    return Activity.objects.create(
        action_point=point or make_point(), year=year, text=text, **fields
    )


def make_verification(*, team, title="Minutes of the launch"):
    """A document of the team, here a link, that can prove that a point is done."""
    number = team.documents.count() + 1
    return team.documents.create(
        title=title, link=f"https://example.org/{number}", uploaded_by=make_user()
    )
