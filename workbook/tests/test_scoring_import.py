"""The way of a workbook: out, filled in with openpyxl, in, written."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Membership
from assessments.tests.factories import make_assessment, make_person, make_rating, stored
from scorecard.rating import Rating
from workbook.models import ImportRun
from workbook.tests.books import saved

pytestmark = pytest.mark.django_db
Role = Membership.Role
HEAD_ROW = 2


class Filled:
    """A downloaded workbook in which cells are found by PI and item."""

    def __init__(self, client, assessment):
        response = client.get(reverse("workbook:download", args=[assessment.pk]))
        self.book = openpyxl.load_workbook(BytesIO(response.content))

    def cells(self, code, item):
        """The cells of the first row of this item by the name of their column."""
        for sheet in self.book.worksheets:
            heads = {cell.value: cell.column for cell in sheet[HEAD_ROW]}
            if "Item" not in heads:
                continue
            for row in sheet.iter_rows(min_row=HEAD_ROW + 1):
                if (row[0].value, row[1].value) == (code, item):
                    return {name: row[column - 1] for name, column in heads.items()}
        raise LookupError(f"{code}, {item}")

    def set(self, code, item, **values):
        for name, value in values.items():
            self.cells(code, item)[name].value = value

    def upload(self, client, assessment, *, name="filled.xlsx"):
        file = SimpleUploadedFile(name, saved(self.book))
        return client.post(
            reverse("workbook:upload", args=[assessment.pk]), {"file": file}, follow=True
        )


@pytest.fixture
def assessment():
    assessment = make_assessment()
    make_rating(assessment=assessment, code="2.2", met="b", findings="First finding.")
    return assessment


@pytest.fixture
def client(client, assessment):
    client.force_login(make_person(Role.COORDINATOR, assessment=assessment))
    return client


def write(client, page, **choices):
    run = page.context["run"]
    data = {"digest": page.context["dry_run"].digest, **choices}
    return client.post(reverse("workbook:write", args=[run.pk]), data, follow=True)


def rating_of(assessment, code="2.2"):
    return stored(assessment.indicator_ratings.get(indicator__code=code))


def test_a_round_trip_without_edits_changes_nothing(client, assessment):
    page = Filled(client, assessment).upload(client, assessment)
    dry_run = page.context["dry_run"]
    assert (dry_run.subjects, dry_run.refusals, dry_run.extra) == ([], [], [])
    assert "There is nothing to write" in page.text


def test_what_was_filled_in_is_shown_and_then_written(client, assessment):
    filled = Filled(client, assessment)
    filled.set("2.2", "Criterion (c)", Answer="Met", Text="The network met twice.")
    filled.set("2.2", "Agreed rating", Answer="Meets")
    filled.set("1.3", "Numbers", Text="Outcome 1", Number=15, Of=16)
    page = filled.upload(client, assessment, name="Regional office.xlsx")
    assert page.context["dry_run"].change_count == 4
    assert rating_of(assessment).version == 1
    for words in [
        "Not decided",
        "The network met twice.",
        "2 Programming and M&amp;E!D",
        "15 / 16",
    ]:
        assert words in page.content.decode()
    done = write(client, page)
    rating = rating_of(assessment)
    assert "4 changes from “Regional office.xlsx” were written." in done.text
    assert (rating.rating, rating.computed_rating) == (Rating.MEETS, Rating.MEETS)
    assert rating.findings_by_key["c"].finding == "The network met twice."
    assert rating.history.first().history_change_reason == "the workbook “Regional office.xlsx”"
    assert rating_of(assessment, "1.3").computed_rating == Rating.EXCEEDS


def test_pressing_twice_writes_once(client, assessment):
    filled = Filled(client, assessment)
    filled.set("2.2", "Findings and explanation", Text="Second finding.")
    page = filled.upload(client, assessment)
    write(client, page)
    again = write(client, page)
    assert rating_of(assessment).version == 2
    assert "One change was written" in again.text
    assert ImportRun.objects.get().content == {}
