"""Action plans for tests. The default is the boring valid case."""

from accounts.tests.factories import make_cycle
from actionplan.models import ActionPlan, ActionPoint, Activity
from scorecard.models import Indicator
from scorecard.tests.factories import load_edition


def make_plan(*, cycle=None, title="Action plan", first_year=2021):
    return ActionPlan.objects.create(
        cooperation_framework=cycle or make_cycle(), title=title, first_year=first_year
    )


def make_point(*, plan=None, number=1, code="2.2", text="Agree on joint messages."):
    """An agreed action under PI 2.2 of the 2018 edition."""
    indicators = Indicator.objects.of_framework(load_edition())
    return ActionPoint.objects.create(
        plan=plan or make_plan(), number=number, indicator=indicators.get(code=code), text=text
    )


def make_activity(*, point=None, year=2022, text="A campaign was run."):
    return Activity.objects.create(action_point=point or make_point(), year=year, text=text)
