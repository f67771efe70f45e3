"""Adding evidence as a person does it: by the button, by dropping, with and without scripts."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.models import IndicatorRating
from conftest import DESKTOP, PHONE, is_too_wide
from evidence.models import Citation, Document
from evidence.tests.files import GOOD, ole, pdf

pytestmark = pytest.mark.browser
LIBRARY = "/teams/KAZ/evidence/"
UPLOAD = f"{LIBRARY}upload/"


@pytest.fixture
def open_as_coordinator(demo, coordinator, signed_in):
    """Return a function that opens an address of the demo as its coordinator."""

    def open_as_coordinator(page, address):
        signed_in(page, coordinator).goto(address)
        return page

    return open_as_coordinator


@pytest.fixture
def pi_upload(demo):
    return reverse("evidence:indicator-upload", args=[demo.pk, "2.1"])


def file(name, content=None, mime_type="application/octet-stream"):
    return {"name": name, "mimeType": mime_type, "buffer": content or GOOD[name]}


def choose(page, *files):
    page.get_by_label("Files").set_input_files(list(files))


def press_upload(page):
    page.get_by_role("button", name="Upload", exact=True).click()


def outcomes(page):
    return page.locator("[data-outcome]")


def drop(page, name, content):
    """Drop a file onto the box, as from the desktop."""
    page.evaluate(
        """([name, bytes]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array(bytes)], name));
          const box = document.querySelector("[data-drop]");
          for (const type of ["dragover", "drop"])
            box.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
        }""",  # noqa: E501
        [name, list(content)],
    )


def test_two_files_go_up_one_after_the_other_and_are_kept(open_as_coordinator, page):
    open_as_coordinator(page, UPLOAD)
    choose(page, file("plan.docx"), file("photo.png"))
    expect(page.locator(".outcome")).to_have_count(2)
    expect(page.get_by_text("Chosen, not yet uploaded.")).to_have_count(2)
    press_upload(page)
    expect(outcomes(page)).to_have_count(2)
    expect(outcomes(page).first).to_contain_text("Stored: plan")
    assert Document.objects.filter(title__in=["plan", "photo"]).count() == 2


def test_progress_is_shown_while_a_file_is_on_its_way(open_as_coordinator, page):
    open_as_coordinator(page, UPLOAD)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 300_000},
    )
    choose(page, file("long.pdf", pdf("x" * 900_000)))
    press_upload(page)
    bar = page.get_by_role("progressbar", name="long.pdf")
    expect(bar).to_be_visible()
    expect(bar).not_to_have_js_property("value", 0)
    expect(page.get_by_role("button", name="Upload", exact=True)).to_be_disabled()
    expect(outcomes(page)).to_contain_text("Stored")


def test_a_refused_file_says_why_and_stops_no_other(open_as_coordinator, page, page_problems):
    page_problems.allow("status of 422")
    open_as_coordinator(page, UPLOAD)
    choose(page, file("old.doc", ole("WordDocument")), file("plan.pdf"))
    press_upload(page)
    expect(outcomes(page)).to_have_count(2)
    expect(outcomes(page).first).to_contain_text(
        "“old.doc” is an old Word document (.doc): save it as .docx and upload that."
    )
    expect(outcomes(page).last).to_contain_text("Stored: plan")


def test_files_can_be_dropped_and_taken_off_again(open_as_coordinator, page):
    open_as_coordinator(page, UPLOAD)
    drop(page, "dropped.pdf", pdf("dropped"))
    drop(page, "mistake.pdf", pdf("mistake"))
    expect(page.locator(".outcome")).to_have_count(2)
    page.get_by_role("button", name="Take off the list").last.click()
    expect(page.locator(".outcome")).to_have_count(1)
    press_upload(page)
    expect(outcomes(page)).to_contain_text("Stored: dropped")
    assert not Document.objects.filter(title="mistake").exists()


def test_a_file_over_the_limit_is_not_even_sent(open_as_coordinator, page):
    open_as_coordinator(page, UPLOAD)
    page.get_by_label("Files").evaluate("input => (input.dataset.maxBytes = 10)")
    choose(page, file("plan.pdf"))
    press_upload(page)
    expect(page.locator(".outcome-refused")).to_contain_text(
        "“plan.pdf” is too large: the limit is 25 MB."
    )


def test_nothing_chosen_is_said_at_once(open_as_coordinator, page):
    open_as_coordinator(page, UPLOAD)
    press_upload(page)
    expect(page.get_by_text("No file is chosen yet: choose at least one")).to_be_visible()


def test_a_broken_line_keeps_the_file_for_another_try(open_as_coordinator, page, page_problems):
    page_problems.allow("ERR_INTERNET_DISCONNECTED")
    open_as_coordinator(page, UPLOAD)
    choose(page, file("plan.pdf"))
    page.context.set_offline(True)
    press_upload(page)
    expect(page.get_by_text("“plan.pdf” was not stored: the site did not answer.")).to_be_visible()
    page.context.set_offline(False)
    press_upload(page)
    expect(outcomes(page)).to_contain_text("Stored: plan")


def test_a_wrong_field_keeps_the_file_for_another_try(open_as_coordinator, page, page_problems):
    page_problems.allow("status of 422")
    open_as_coordinator(page, UPLOAD)
    choose(page, file("plan.pdf"))
    page.get_by_label("Period covered, from").fill("2022-12-31")
    page.get_by_label("Period covered, to").fill("2022-01-01")
    press_upload(page)
    expect(page.get_by_text("The period covered ends before it begins.")).to_be_visible()
    page.get_by_label("Period covered, to").fill("2023-01-31")
    press_upload(page)
    expect(outcomes(page)).to_contain_text("Stored: plan")


def test_a_missing_category_is_marked_before_anything_is_sent(
    open_as_coordinator, page, pi_upload, assert_accessible
):
    open_as_coordinator(page, pi_upload)
    category = page.get_by_label("Category")
    category.select_option("")
    choose(page, file("plan.pdf"), file("photo.png"))
    press_upload(page)
    expect(category).to_have_attribute("aria-invalid", "true")
    expect(category).to_be_focused()
    expect(page.get_by_text("Nothing was sent yet: correct the marked fields")).to_be_visible()
    expect(page.get_by_text("Chosen, not yet uploaded.")).to_have_count(2)
    assert_accessible(page)
    category.select_option(index=1)
    press_upload(page)
    expect(outcomes(page)).to_have_count(2)
    expect(category).not_to_have_attribute("aria-invalid", "true")
    page.get_by_role("link", name="Back to PI 2.1").click()
    expect(page).to_have_url(re.compile(r"/indicators/2\.1/$"))


def test_an_upload_from_the_workspace_is_cited_under_the_pi(demo, open_as_coordinator, page):
    rating = IndicatorRating.objects.get(assessment=demo, indicator__code="2.1")
    open_as_coordinator(page, rating.get_absolute_url())
    page.get_by_role("link", name="Add evidence").click()
    expect(page.get_by_label("Category")).to_have_value(str(rating.indicator.evidence_category_id))
    page.get_by_label("Criterion").select_option(index=3)
    choose(page, file("plan.pdf"))
    press_upload(page)
    expect(outcomes(page)).to_contain_text("Stored and cited under PI 2.1")
    page.get_by_role("link", name="2.1", exact=True).click()
    row = page.locator(".evidence-list li").filter(has_text=re.compile(r"\bplan\b"))
    expect(row).to_contain_text("criterion (b)")
    row.get_by_role("link", name="Edit").click()
    page.get_by_label("Page").fill("12")
    page.get_by_role("button", name="Save the citation").click()
    expect(row).to_contain_text("page 12")


def test_a_document_of_the_library_is_cited_under_another_pi(open_as_coordinator, page, demo):
    open_as_coordinator(page, reverse("evidence:cite-list", args=[demo.pk, "2.2"]))
    page.get_by_label("Title").fill("umbrella")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="ProDoc - Umbrella").click()
    page.get_by_role("button", name="Save the citation").click()
    expect(page.get_by_text("is cited under PI 2.2.")).to_be_visible()
    document = Document.objects.get(title__startswith="ProDoc")
    assert {row.indicator_rating.indicator.code for row in document.citations.all()} == {
        "2.1",
        "2.2",
    }


def test_without_scripts_all_files_go_at_once_and_the_answer_lists_each(
    demo, coordinator, open_without_scripts, pi_upload
):
    page = open_without_scripts(coordinator)
    page.goto(pi_upload)
    expect(page.get_by_text("Or drop files")).to_be_hidden()
    choose(page, file("plan.pdf"), file("old.doc", ole("WordDocument")), file("photo.png"))
    press_upload(page)
    expect(page.get_by_role("heading", name="What became of it")).to_be_visible()
    expect(outcomes(page)).to_have_count(3)
    expect(outcomes(page).nth(1)).to_contain_text("save it as .docx and upload that.")
    expect(page.get_by_role("link", name="Back to PI 2.1")).to_be_visible()
    assert Citation.objects.filter(document__title__in=["plan", "photo"]).count() == 2


def test_a_document_is_replaced_and_the_older_one_can_still_be_had(open_as_coordinator, page):
    document = Document.objects.get(title__startswith="ProDoc")
    open_as_coordinator(page, document.get_absolute_url())
    page.get_by_role("link", name="Replace by a newer version").click()
    page.get_by_label("Newer file").set_input_files(file("plan.pdf"))
    page.get_by_role("button", name="Replace the document").click()
    expect(page.get_by_text("Version 2")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="ProDoc - Umbrella").click()
    assert download.value.suggested_filename == document.original_name
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "plan.pdf"


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_of_evidence_are_accessible(
    open_as_coordinator, open_page, assert_accessible, screenshot, screen, demo
):  # fmt: skip
    page = open_page(screen)
    for name, address in addresses(demo).items():
        open_as_coordinator(page, address)
        assert_accessible(page)
        assert not is_too_wide(page), name
        screenshot(page, f"evidence-{name}-{size_of(screen)}")


def size_of(screen):
    return "phone" if screen is PHONE else "desktop"


def addresses(demo):
    """Every page of this app, by a name for its picture."""
    document = Document.objects.get(title__startswith="Central Asia")
    citation = document.citations.first()
    under = [demo.pk, "2.1"]
    return {
        "library": LIBRARY,
        "library-nothing": f"{LIBRARY}?q=nothing",
        "upload": UPLOAD,
        "pi-upload": reverse("evidence:indicator-upload", args=under),
        "link": reverse("evidence:indicator-link", args=under),
        "cite-list": reverse("evidence:cite-list", args=under),
        "cite": reverse("evidence:cite", args=[*under, document.pk]),
        "citation-remove": reverse("evidence:citation-remove", args=[citation.pk]),
        "document": document.get_absolute_url(),
        "edit": reverse("evidence:edit", args=[document.pk]),
        "replace": reverse("evidence:replace", args=[document.pk]),
        "delete": reverse("evidence:delete", args=[document.pk]),
    }


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_an_upload_stays_accessible_from_choice_to_outcome(
    open_as_coordinator, open_page, assert_accessible, screenshot, page_problems, screen, pi_upload
):  # fmt: skip
    page_problems.allow("status of 422")
    page, size = open_page(screen), size_of(screen)
    open_as_coordinator(page, pi_upload)
    choose(page, file("plan.pdf"), file("old.doc", ole("WordDocument")), file("photo.png"))
    assert_accessible(page)
    screenshot(page, f"evidence-chosen-{size}")
    press_upload(page)
    expect(outcomes(page)).to_have_count(3)
    assert_accessible(page)
    screenshot(page, f"evidence-outcomes-{size}")
