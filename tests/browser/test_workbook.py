"""A workbook goes out, is filled in with openpyxl and comes back, in a real browser."""

import openpyxl
import pytest
from playwright.sync_api import expect

from assessments.models import IndicatorRating

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def cells_of(book, code, item):
    for sheet in book.worksheets:
        heads = {cell.value: cell.column for cell in sheet[2]}
        rows = sheet.iter_rows(min_row=3) if "Item" in heads else ()
        for row in rows:
            if (row[0].value, row[1].value) == (code, item):
                return {name: row[column - 1] for name, column in heads.items()}
    raise LookupError(f"{code}, {item}")


def downloaded(page, folder):
    with page.expect_download() as download:
        page.get_by_role("link", name="Workbook of 2022 (.xlsx)").click()
    path = folder / "scoring.xlsx"
    download.value.save_as(path)
    return path


def test_a_workbook_goes_out_is_filled_in_and_comes_back(
    page, phone, signed_in, demo, coordinator, tmp_path, assert_accessible, screenshot
):
    signed_in(page, coordinator).goto(demo.get_absolute_url())
    page.get_by_role("link", name="Workbook", exact=True).click()
    assert_accessible(page)
    path = downloaded(page, tmp_path)
    book = openpyxl.load_workbook(path)
    cells_of(book, "1.1", "Criterion (c)")["Text"].value = "Chapter 3 covers rural women."
    cells_of(book, "2.2", "Findings and explanation")["Text"].value = "From the workbook."
    cells_of(book, "2.2", "Agreed rating")["Answer"].value = "almost meets"
    book.save(path)
    IndicatorRating.objects.filter(assessment=demo, indicator__code="2.2").update(
        findings="From the site."
    )
    page.get_by_label("Workbook").set_input_files(path)
    page.get_by_role("button", name="Upload and see the changes").click()
    expect(page.get_by_role("heading", name="What “scoring.xlsx” would change")).to_be_visible()
    expect(page.get_by_text("“almost meets” is not understood")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "workbook-dry-run")
    signed_in(phone, coordinator).goto(page.url)
    assert_accessible(phone)
    screenshot(phone, "workbook-dry-run-phone")
    page.get_by_label("Take the workbook’s").check()
    page.get_by_role("button", name="Write the changes and decisions").click()
    expect(page.get_by_text("2 changes from “scoring.xlsx” were written.")).to_be_visible()
    assert_accessible(page)
    rating = IndicatorRating.objects.get(assessment=demo, indicator__code="2.2")
    assert rating.findings == "From the workbook."


def test_earlier_years_are_mapped_and_taken_in(
    page,
    phone,
    signed_in,
    demo,
    coordinator,
    tmp_path,
    assert_accessible,
    screenshot,
    page_problems,
):
    book = openpyxl.Workbook()
    book.active.append(["Indicator", "Score 2021", "Comment"])
    book.active.append(["1.1", "B. Approaching", "Most chapters of the CCA."])
    book.save(tmp_path / "old.xlsx")
    signed_in(page, coordinator).goto(f"/teams/{demo.team.code}/")
    page.get_by_role("link", name="Take in earlier years").click()
    assert_accessible(page)
    page.get_by_label("Workbook").set_input_files(tmp_path / "old.xlsx")
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_label("Score 2021")).to_have_value("rating_of_year")
    assert_accessible(page)
    signed_in(phone, coordinator).goto(page.url)
    assert_accessible(phone)
    screenshot(phone, "earlier-years-mapping-phone")
    page.get_by_role("button", name="See what would be taken in").click()
    assert_accessible(page)
    screenshot(page, "earlier-years-dry-run")
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_text("One thing from “old.xlsx” was taken in.")).to_be_visible()
    year = demo.team.assessments.get(year=2021)
    page.goto(year.get_absolute_url())
    expect(page.get_by_text("It was neither assessed nor endorsed on this site.")).to_be_visible()
    assert_accessible(page)
