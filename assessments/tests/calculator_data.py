"""What a browser sends from the pages of the calculators."""

import pytest
from django.urls import reverse

from assessments.calculators.counting import LEVELS
from assessments.tests.factories import make_person


def url_of(rating, name="calculator"):
    return reverse(f"assessments:{name}", args=[rating.assessment_id, rating.indicator.code])


def survey_data(*questions, year=2022, expected=255, answered=178, version=0):
    """questions: (text, strongly agree, agree, neutral, disagree, strongly disagree)"""
    data = {"year": year, "expected": expected, "answered": answered, "version": version}
    data |= {"rows-TOTAL_FORMS": len(questions), "rows-INITIAL_FORMS": 0}
    for number, (text, *counts) in enumerate(questions):
        data[f"rows-{number}-text"] = text
        data |= {f"rows-{number}-{name}": n for name, n in zip(LEVELS, counts, strict=True)}
    return data


def parity_data(*entities, version=0, as_of="2022-11-30"):
    """entities: (name, {"gs-women": 3, ...})"""
    data = {"as_of": as_of, "version": version}
    data |= {"rows-TOTAL_FORMS": len(entities), "rows-INITIAL_FORMS": 0}
    for number, (name, counts) in enumerate(entities):
        data[f"rows-{number}-entity"] = name
        data |= {f"rows-{number}-{field}": count for field, count in counts.items()}
    return data


SURVEY = survey_data(("My office is fair", 60, 70, 30, 10, 8), ("Leaders lead", 50, 60, 40, 18, 10))
PARITY = parity_data(
    ("UNDP", {"gs-women": 30, "gs-men": 20, "no-women": 5, "no-men": 5}),
    ("UNICEF", {"gs-women": 20, "gs-men": 10, "d-men": 1}),
)


@pytest.fixture
def coordinator(client):
    """Return a function that signs in the coordinator of a rating's team."""

    def coordinator(rating):
        client.force_login(make_person(assessment=rating.assessment))
        return client

    return coordinator
