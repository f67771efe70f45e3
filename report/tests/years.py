"""Makes a team's years and finds a cell of them."""

from accounts.tests.factories import make_cycle, make_team
from assessments.tests.factories import make_assessment, make_carried_rating, make_rating
from scorecard.tests.factories import load_edition

REASON = {"difference_reason": "So."}


def make_years(levels, *, code="2.2", team=None, edition="unct-swap-2018"):
    """One assessment for each {year: level of a PI}; None leaves it unrated. Newest last."""
    team = team or make_team()
    framework = load_edition(edition)
    return [_year(team, framework, year, code, levels[year]) for year in sorted(levels)]


def _year(team, framework, year, code, level):
    cycle = team.cooperation_frameworks.first() or make_cycle(
        team=team, first_year=2015, last_year=2030
    )
    assessment = make_assessment(team=team, cycle=cycle, framework=framework, year=year)
    make_rating(assessment=assessment, code=code, rating=level, **REASON)
    return assessment


def carry_over(assessment, *, origin, code="2.2"):
    """Make the PI of an assessment a carried one."""
    return make_carried_rating(
        assessment=assessment, origin=origin.indicator_ratings.get(indicator__code=code)
    )


def row_of(table, code):
    rows = (row for dimension in table.dimensions for row in dimension.rows)
    return next(row for row in rows if row.code == code)


def states(table, code):
    return [cell.state.value for cell in row_of(table, code).cells]


def words(table, code):
    """What stands in the cells: "Meets", "Meets, from 2019", "–"."""
    return [
        ", ".join(filter(None, [cell.rating and cell.rating.label, cell.age, cell.without_rating]))
        for cell in row_of(table, code).cells
    ]
