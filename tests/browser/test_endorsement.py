"""From the request to the acceptance, in browsers as five people."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from conftest import PHONE
from endorsement.demo import PASSWORD
from endorsement.models import Endorsement, ReportVersion, Seat, Submission
from endorsement.review.bundle import faults_of

pytestmark = pytest.mark.browser


@pytest.fixture
def as_person(open_page, demo):
    """Return a function that opens a page as somebody of the demo who has just signed in."""

    def as_person(email, viewport=None):
        page = open_page(viewport) if viewport else open_page()
        page.set_default_timeout(120_000)  # printing a report takes seconds, beside others longer
        page.goto("/")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return page

    return as_person


def press(page, name):
    page.get_by_role("button", name=name).click()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()


def seat_of(demo, email):
    return Seat.objects.get(assessment=demo, membership__user__email=email)


def request_endorsement(page, demo):
    page.goto(demo.get_absolute_url())
    follow(page, "Request endorsement")
    page.get_by_label("So many endorse").check()
    page.get_by_label("How many").fill("3")
    page.get_by_label("Decide by").fill((timezone.now() + timedelta(days=14)).date().isoformat())
    press(page, "Request endorsement")


def change_pi(page, demo, *, findings, rating=None):
    """The coordinator reopens the assessment and writes something else under PI 2.2."""
    if demo.__class__.objects.get(pk=demo.pk).state != "consolidation":
        page.goto(reverse("assessments:reopen", args=[demo.pk]))
        page.get_by_label("Why is it reopened?").fill("An objection is to be met.")
        press(page, "Reopen the assessment")
    page.goto(reverse("assessments:indicator", args=[demo.pk, "2.2"]))
    if rating:
        page.get_by_label("Agreed", exact=True).select_option(label=rating)
        page.get_by_label("Reason for the difference").fill("The team agreed on a lower one.")
    page.get_by_label("Findings and explanation").fill(findings)
    press(page, "Save 2.2")
    expect(page.get_by_text("2.2 saved")).to_be_visible()


def test_a_report_goes_from_request_to_acceptance(
    demo, as_person, screenshot, assert_accessible, page_problems
):
    coordinator = as_person("coordinator@kaz.example.org")
    request_endorsement(coordinator, demo)
    expect(coordinator.get_by_text("The heads of agency are asked")).to_be_visible()
    assert_accessible(coordinator)
    screenshot(coordinator, "endorsement-asked")
    assert len([row for row in mail.outbox if "Please decide" in row.subject]) == 7

    # A head of agency on a phone: the link in the mail, one button.
    undp = as_person("head.undp@kaz.example.org", PHONE)
    letter = next(row for row in mail.outbox if row.to == ["head.undp@kaz.example.org"])
    undp.goto(seat_of(demo, "head.undp@kaz.example.org").get_absolute_url())
    assert undp.url in letter.body
    assert_accessible(undp)
    screenshot(undp, "endorsement-head-phone")
    press(undp, "Endorse version 1")
    expect(undp.get_by_text("Recorded: Endorsed.")).to_be_visible()
    expect(undp.get_by_role("button", name="Endorse version 1")).to_be_hidden()
    expect(undp.get_by_text("Change my decision")).to_be_visible()
    assert_accessible(undp)

    # Another comes by the tasks and objects. First without a reason: the page says what is missing.
    fao = as_person("head.fao@kaz.example.org")
    fao.goto(reverse("assessments:tasks"))
    assert_accessible(fao)
    follow(fao, "UNCT in Kazakhstan, 2022: endorse or object")
    page_problems.allow("status of 422")
    press(fao, "Object")
    expect(fao.get_by_role("alert")).to_contain_text("Say what you object to")
    assert_accessible(fao)
    screenshot(fao, "endorsement-object-refused")
    fao.get_by_label("Your comment").fill("The communication plan alone does not exceed anything.")
    fao.locator("summary").click() if not fao.get_by_label("2.2").is_visible() else None
    fao.get_by_label("2.2").check()
    press(fao, "Object")
    expect(fao.get_by_text("Recorded: Objected.")).to_be_visible()

    # The coordinator meets the objection: a material change, everybody is asked again.
    change_pi(coordinator, demo, findings="Two of the criteria are met.", rating="Meets")
    request_endorsement(coordinator, demo)
    expect(coordinator.get_by_text("The heads of agency are asked")).to_be_visible()
    assert list(ReportVersion.objects.values_list("number", "change")) == [
        (1, "first"),
        (2, "material"),
    ]
    undp.reload()
    expect(undp.get_by_text("you are asked again")).to_be_visible()
    screenshot(undp, "endorsement-head-again-phone")

    # Three endorse version 2, and that is enough.
    rc = as_person("resident.coordinator@kaz.example.org")
    for page, email in [(undp, "head.undp"), (fao, "head.fao"), (rc, "resident.coordinator")]:
        page.goto(seat_of(demo, f"{email}@kaz.example.org").get_absolute_url())
        press(page, "Endorse version 2")
    expect(rc.get_by_text("the report is endorsed")).to_be_visible(timeout=60_000)

    coordinator.goto(reverse("endorsement:detail", args=[demo.pk]))
    assert_accessible(coordinator)
    screenshot(coordinator, "endorsement-endorsed")
    follow(coordinator, "Submit to UN Women")
    assert_accessible(coordinator)
    press(coordinator, "Submit to UN Women")
    expect(coordinator.get_by_role("heading", name="Receipt KAZ-2022-1")).to_be_visible(
        timeout=60_000
    )
    assert_accessible(coordinator)
    screenshot(coordinator, "submission-receipt")

    # The reviewer asks and sends back.
    reviewer = as_person("reviewer@unwomen.example.org")
    follow(reviewer, "Review")
    assert_accessible(reviewer)
    screenshot(reviewer, "review-queue")
    follow(reviewer, "Kazakhstan")
    assert_accessible(reviewer)
    screenshot(reviewer, "review-detail")
    follow(reviewer, "Ask a query")
    reviewer.get_by_label("About").select_option("2.2:b")
    reviewer.get_by_label("What do you ask?").fill("Which document shows (b)?")
    assert_accessible(reviewer)
    press(reviewer, "Ask")
    expect(reviewer.get_by_text("Asked. The coordinators get a mail.")).to_be_visible()
    follow(reviewer, "Send back")
    reviewer.get_by_label("What has to be mended?").fill("Please answer the query.")
    assert_accessible(reviewer)
    press(reviewer, "Send the report back")
    expect(reviewer.get_by_text("Sent back to the team.")).to_be_visible()

    # The coordinator answers, mends a text, and what was decided stays.
    coordinator.goto(reverse("review:detail", args=[demo.pk]))
    follow(coordinator, "PI 2.2 (b)")
    coordinator.get_by_label("Your message").fill("The joint plan, page 4; now said there.")
    press(coordinator, "Send")
    expect(coordinator.get_by_text("Your message is sent.")).to_be_visible()
    assert_accessible(coordinator)
    screenshot(coordinator, "review-query")
    change_pi(coordinator, demo, findings="Two of the criteria are met, see the joint plan, p. 4.")
    request_endorsement(coordinator, demo)
    expect(coordinator.get_by_text("the report is endorsed")).to_be_visible(timeout=60_000)
    assert ReportVersion.objects.last().change == "editorial"
    follow(coordinator, "Submit to UN Women")
    screenshot(coordinator, "submission-again")
    press(coordinator, "Submit to UN Women")
    expect(coordinator.get_by_role("heading", name="Receipt KAZ-2022-2")).to_be_visible(
        timeout=60_000
    )

    # The reviewer sees what changed, closes the query, accepts.
    reviewer.goto(reverse("review:detail", args=[demo.pk]))
    expect(reviewer.get_by_text("Where UN Women asked")).to_be_visible()
    follow(reviewer, "PI 2.2 (b)")
    press(reviewer, "Close the query")
    expect(reviewer.get_by_text("The query is closed.")).to_be_visible()
    reviewer.goto(reverse("review:accept", args=[demo.pk]))
    assert_accessible(reviewer)
    press(reviewer, "Accept the report")
    expect(reviewer.get_by_text("Accepted. The team is told by mail.")).to_be_visible()
    demo.refresh_from_db()
    assert demo.state == "accepted"
    submission = Submission.objects.last()
    with submission.bundle.open("rb") as bundle:
        assert faults_of(bundle, submission.manifest) == []


def test_anybody_can_verify_an_endorsed_report(
    demo, as_person, open_page, assert_accessible, screenshot, tmp_path
):
    coordinator = as_person("coordinator@kaz.example.org")
    request_endorsement(coordinator, demo)
    for email in ["head.undp", "head.fao", "resident.coordinator"]:
        page = as_person(f"{email}@kaz.example.org")
        page.goto(seat_of(demo, f"{email}@kaz.example.org").get_absolute_url())
        press(page, "Endorse version 1")
        expect(page.get_by_text("Recorded: Endorsed.")).to_be_visible(timeout=60_000)
    endorsement = Endorsement.objects.get()
    stranger = open_page(PHONE)
    stranger.goto(reverse("endorsement:verify_hash", args=[endorsement.version.sha256]))
    expect(stranger.get_by_text("that the heads of agency endorsed")).to_be_visible()
    assert_accessible(stranger)
    screenshot(stranger, "verify-hash-phone")
    follow(stranger, "Compare a PDF")
    file = tmp_path / "report.pdf"
    file.write_bytes(endorsement.pdf.read())
    stranger.get_by_label("The PDF of a report").set_input_files(file)
    press(stranger, "Compare the file")
    expect(stranger.get_by_text("Yes: byte for byte, this is the endorsed")).to_be_visible()
    assert_accessible(stranger)
    screenshot(stranger, "verify-file-phone")
    file.write_bytes(file.read_bytes() + b" ")
    stranger.get_by_label("The PDF of a report").set_input_files(file)
    press(stranger, "Compare the file")
    expect(stranger.get_by_text("No: byte for byte, this is no report")).to_be_visible()
