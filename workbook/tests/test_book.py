"""The workbook as it goes out."""

import pytest

from accounts.models import Membership
from assessments.tests.factories import make_assessment, make_person, make_rating
from evidence.tests.factories import make_citation
from scorecard.cell_text import MAX_CELL
from scorecard.rating import Rating
from workbook.cells import read
from workbook.stamp import SHEET, Stamp
from workbook.tests.books import saved
from workbook.tests.filling import Filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    assessment = make_assessment()
    rating = make_rating(
        assessment=assessment,
        code="2.2",
        met="bc",
        rating=Rating.MEETS,
        findings='=HYPERLINK("http://example.org")\x0bsoft',
    )
    make_rating(assessment=assessment, code="1.3", entries=[(15, 16)])
    make_citation(rating=rating, page="12")
    return assessment


@pytest.fixture
def filled(client, assessment):
    client.force_login(make_person(Membership.Role.COORDINATOR, assessment=assessment))
    return Filled(client, assessment)


def test_there_is_a_sheet_for_guidance_each_dimension_and_the_evidence(filled):
    names = filled.book.sheetnames
    assert names[0] == "Guidance"
    assert names[1:3] == ["1 Planning", "2 Programming and M&E"]
    assert names[7] == "7 Results"
    assert names[-2:] == ["Evidence", SHEET]
    assert filled.book[SHEET].sheet_state == "hidden"


def test_the_criterion_stands_beside_its_answer(filled):
    cells = filled.cells("2.2", "Criterion (b)")
    assert cells["What is asked"].value.startswith("The UNCT has contributed collaboratively")
    assert cells["Answer"].value == "Met"


def test_answers_and_ratings_are_chosen_from_lists(filled):
    cells = filled.cells("2.2", "Agreed rating")
    sheet = cells["Answer"].parent
    lists = {
        validation.formula1
        for validation in sheet.data_validations.dataValidation
        if cells["Answer"].coordinate in validation.sqref
    }
    assert lists == {'"Missing,Approaches,Meets,Exceeds"'}
    assert cells["Answer"].value == "Meets"


def test_heads_stay_in_view_and_on_paper(filled):
    sheet = filled.book["1 Planning"]
    assert sheet.freeze_panes == "C3"
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet["E3"].alignment.wrap_text


def test_a_text_that_looks_like_a_formula_is_a_text(filled):
    cell = filled.cells("2.2", "Findings and explanation")["Text"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value == '=HYPERLINK("http://example.org")\nsoft'


def test_no_cell_of_the_workbook_is_a_formula(filled):
    cells = [cell for sheet in filled.book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_numbers_are_numbers_with_empty_rows_for_more(filled):
    cells = filled.cells("1.3", "Numbers")
    assert (cells["Text"].value, cells["Number"].value, cells["Of"].value) == ("Area 1", 15, 16)
    below = [row[1].value for row in filled.book["1 Planning"].iter_rows(min_row=3)]
    assert below.count("Numbers") == 5


def test_what_numbers_decide_is_not_asked(filled):
    cells = filled.cells("1.3", "Criterion: at least 33 %")
    assert cells["Text"].value == "Decided by the numbers below."
    assert cells["Answer"].protection.locked


def test_documents_are_listed(filled):
    row = [cell.value for cell in filled.book["Evidence"][3]]
    assert row == ["2.2", None, "Other", "Work plan 2022", "Work plan.pdf", "12", None]


def test_the_hidden_sheet_says_whose_workbook_it_is(filled, assessment):
    stamp = Stamp.of(read(saved(filled.book)))
    assert (stamp.team, stamp.year, stamp.edition) == ("KAZ", "2022", "unct-swap-2018")
    assert stamp.assessment == str(assessment.pk)
    assert ("2.2", "criterion-a-finding") in stamp.fingerprints


def test_a_text_too_long_for_a_cell_is_left_to_the_site(client, assessment):
    globes = "\N{EARTH GLOBE EUROPE-AFRICA}" * (MAX_CELL // 2 + 1)
    assessment.indicator_ratings.filter(indicator__code="2.3").update(findings=globes)
    client.force_login(make_person(Membership.Role.COORDINATOR, assessment=assessment))
    filled = Filled(client, assessment)
    cell = filled.cells("2.3", "Findings and explanation")["Text"]
    assert cell.value == "(This text is too long for a spreadsheet: edit it on the site.)"
    assert cell.protection.locked
    dry_run = filled.upload(client, assessment).context["dry_run"]
    assert not dry_run.changes_something


def test_the_queries_do_not_grow(client, assessment, django_assert_max_num_queries):
    client.force_login(make_person(Membership.Role.COORDINATOR, assessment=assessment))
    Filled(client, assessment)  # the edition's rules are read once a process
    with django_assert_max_num_queries(23):
        Filled(client, assessment)
