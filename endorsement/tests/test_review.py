"""Handing in, asking, sending back, accepting; and that what was handed in is whole."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import AuditEntry, Mail, Membership, User
from accounts.tests.factories import make_entity, make_membership, make_team, make_user
from actionplan.tests.factories import make_plan, make_point
from assessments.models import AssessmentEvent
from assessments.tests.factories import make_assessment, make_person
from assessments.tests.pages import text_of
from assessments.transitions import TransitionRefused
from endorsement.models import Query, ReportingYear, Submission
from endorsement.review import transitions
from endorsement.review.bundle import faults_of
from endorsement.review.queue import Stage
from endorsement.tests.factories import make_endorsement, make_query, make_submission, make_version
from endorsement.tests.flow import quick_printer, reopened, team
from evidence.tests.factories import make_citation, make_document
from jobs.tests.at_once import work_at_once

__all__ = ["quick_printer", "team", "work_at_once"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_word(monkeypatch):
    """Printing has its own tests; here it is what the bundle holds that counts."""
    monkeypatch.setattr("report.pdf.pdf", lambda html: b"%PDF-")


@pytest.fixture
def reviewer():
    return make_user(is_reviewer=True, name="Reviewer, UN Women")


@pytest.fixture
def endorsed(team):
    rating = team.assessment.indicator_ratings.get(indicator__code="2.2")
    document = make_document(team=team.assessment.team, title="Joint plan", content=b"%PDF- plan")
    make_citation(rating=rating, document=document)
    team.request()
    team.endorse_all()
    return team


def submitted(team):
    return transitions.submit(team.now, by=team.coordinator)


def visit(client, user, name, *arguments, **sent):
    client.force_login(user)
    address = reverse(f"review:{name}", args=arguments)
    return client.post(address, sent, follow=True) if sent else client.get(address)


# Handing in


def test_a_submission_holds_the_endorsed_files_and_the_evidence(endorsed):
    submission = submitted(endorsed)
    assert endorsed.now.state == "submitted"
    endorsement = submission.endorsement
    with submission.bundle.open("rb") as file, ZipFile(file) as archive:
        names = archive.namelist()
        (pdf,) = [name for name in names if name.endswith("report.pdf")]
        assert archive.read(pdf) == endorsement.pdf.read()
        (content,) = [name for name in names if name.endswith("report.json")]
        assert archive.read(content).decode() == endorsement.version.content
        assert archive.read("evidence/001 Work plan.pdf") == b"%PDF- plan"
        manifest = json.loads(archive.read("manifest.json"))
    assert {name.rpartition(".")[2] for name in names} == {"pdf", "json", "docx", "xlsx", "csv"}
    assert manifest == json.loads(submission.manifest)
    assert manifest["content_sha256"] == endorsement.version.sha256
    (evidence,) = [row for row in manifest["files"] if row["name"].startswith("evidence/")]
    assert evidence["cited_under"] == ["2.2"]


def test_the_bundle_is_as_its_manifest_says_and_says_so_when_not(endorsed):
    submission = submitted(endorsed)
    content = submission.bundle.read()
    assert faults_of(BytesIO(content), submission.manifest) == []
    tampered = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(tampered, "w") as after:
        for name in before.namelist():
            if not name.endswith(".docx"):
                change = b"changed" if name.endswith("ratings.csv") else b""
                after.writestr(name, before.read(name) + change)
        after.writestr("extra.txt", "more")
    faults = faults_of(tampered, submission.manifest)
    assert len(faults) == 3
    assert any("ratings.csv is not what was handed in" in fault for fault in faults)
    assert any(".docx is missing" in fault for fault in faults)
    assert "extra.txt stands in no manifest." in faults
    assert faults_of(BytesIO(b"no zip"), submission.manifest) == ["The file is no ZIP."]


def test_a_document_that_the_store_has_lost_is_named_on_the_receipt(endorsed, client):
    document = endorsed.assessment.team.documents.get()
    document.file.storage.delete(document.file.name)
    submission = submitted(endorsed)
    page = visit(client, endorsed.coordinator, "receipt", endorsed.assessment.pk, submission.number)
    assert "their files were not in the store" in text_of(page)
    assert "Joint plan" in text_of(page)


def test_what_was_never_endorsed_here_is_not_handed_in(team):
    team.assessment.state = "endorsed"
    team.assessment.save()
    with pytest.raises(TransitionRefused, match="There is no record of endorsement"):
        submitted(team)
    assert team.now.state == "endorsed"


def test_a_report_is_handed_in_once(endorsed):
    submitted(endorsed)
    with pytest.raises(TransitionRefused):
        submitted(endorsed)
    assert Submission.objects.count() == 1


def test_handing_in_by_the_page_gives_a_receipt_and_the_file(endorsed, client, work_at_once):
    page = visit(client, endorsed.coordinator, "submit", endorsed.assessment.pk)
    assert "Version 1 of the report" in text_of(page)
    page = visit(client, endorsed.coordinator, "submit", endorsed.assessment.pk, yes="1")
    assert "Receipt KAZ-2022-1" in text_of(page)
    file = visit(client, endorsed.rc, "bundle", endorsed.assessment.pk, 1)
    content = b"".join(file.streaming_content)
    assert faults_of(BytesIO(content), Submission.objects.get().manifest) == []


def test_each_reviewer_is_asked_at_once_to_look_at_what_was_handed_in(endorsed, reviewer, client):
    reviewer.news = User.News.NEVER
    reviewer.save()
    submitted(endorsed)
    mail = Mail.objects.get(recipient=reviewer)
    assert mail.subject == "Handed in: UNCT in Kazakhstan, 2022"
    assert (mail.event, mail.state) == ("submitted", Mail.State.WAITING)
    assert "receipt KAZ-2022-1" in mail.text
    assert reverse("review:detail", args=[endorsed.assessment.pk]) in mail.link
    transitions.send_back(endorsed.now, by=reviewer, reason="Please answer.")
    endorsed.request()
    endorsed.close()
    submitted(endorsed)
    again = Mail.objects.filter(recipient=reviewer).latest("pk")
    assert again.subject == "Handed in again: UNCT in Kazakhstan, 2022"
    assert "what changed since it was handed in before" in again.text


def test_the_coordinator_is_asked_to_submit_what_is_endorsed(team):
    team.request()
    for user in (team.undp, team.fao, team.rc):
        team.decide(user)
    team.close(by=team.rc)
    mail = Mail.objects.get(event="to_submit")
    assert mail.recipient == team.coordinator
    assert mail.link.endswith(reverse("review:submit", args=[team.assessment.pk]))


# Queries


def test_a_query_goes_to_the_coordinators_and_its_answer_to_the_reviewer(endorsed, reviewer):
    submitted(endorsed)
    indicator = endorsed.assessment.indicator_ratings.get(indicator__code="2.2").indicator
    query = transitions.ask(
        endorsed.now,
        by=reviewer,
        indicator=indicator,
        criterion=indicator.criteria.get(key="b"),
        text="Which document shows it?",
        proposed_rating=2,
        due=date(2026, 12, 5),
    )
    assert query.is_about == "2.2 (b)"
    mail = Mail.objects.get(event="query_asked")
    assert mail.recipient == endorsed.coordinator
    assert "Which document shows it?" in mail.text
    assert "Please answer by 5 Dec 2026." in mail.text
    transitions.answer(query, by=endorsed.coordinator, text="Page 4.", is_from_reviewer=False)
    answered = Mail.objects.get(event="query_answered")
    assert (answered.recipient, "Page 4." in answered.text) == (reviewer, True)
    assert answered.state == Mail.State.WAITING
    transitions.close(query, by=reviewer)
    assert [row.is_from_reviewer for row in query.messages.all()] == [True, False]
    for call in (
        lambda: transitions.close(query, by=reviewer),
        lambda: transitions.answer(query, by=reviewer, text="More?", is_from_reviewer=True),
    ):
        with pytest.raises(TransitionRefused, match="closed already"):
            call()


def test_a_reviewer_reads_answers_to_an_own_query_also_while_the_report_is_with_the_team(
    endorsed, reviewer, client
):
    submitted(endorsed)
    query = make_query(assessment=endorsed.now, by=reviewer)
    transitions.send_back(endorsed.now, by=reviewer, reason="Please mend it.")
    facts = {"by": endorsed.coordinator, "is_from_reviewer": False, "site": "http://testserver"}
    transitions.answer(query, text="It is mended.", **facts)
    mail = Mail.objects.get(event="query_answered")
    assert mail.link in mail.text
    client.force_login(reviewer)
    page = client.get(mail.link)
    assert "It is mended." in text_of(page)
    assert "The report is with the team again." in text_of(page)
    for closed in (query.assessment.get_absolute_url(), reverse("review:query_answer", args=[1])):
        assert closed not in page.content.decode()
    assert client.get(query.assessment.get_absolute_url()).status_code == 404
    sent = client.post(reverse("review:query_answer", args=[query.pk]), {"text": "More?"})
    assert sent.status_code == 409
    client.force_login(make_user(is_reviewer=True))
    assert client.get(mail.link).status_code == 404
    endorsed.request()
    endorsed.close()
    submitted(endorsed)
    page = text_of(visit(client, reviewer, "query", query.pk))
    assert "The report is with the team again." not in page
    assert "Open PI 2.2" in page


def test_who_reviews_no_more_reads_no_query_of_a_report_that_is_with_the_team(
    endorsed, reviewer, client
):
    query = make_query(assessment=endorsed.now, by=reviewer)
    reviewer.is_reviewer = False
    reviewer.save()
    client.force_login(reviewer)
    assert client.get(query.get_absolute_url()).status_code == 404


def test_an_open_query_holds_up_acceptance(endorsed, reviewer):
    submitted(endorsed)
    query = make_query(assessment=endorsed.now, by=reviewer)
    with pytest.raises(TransitionRefused, match=r"Queries are open: 2\.2"):
        transitions.accept(endorsed.now, by=reviewer)
    transitions.close(query, by=reviewer)
    assert transitions.accept(endorsed.now, by=reviewer).state == "accepted"


def test_nothing_is_asked_of_a_report_that_is_not_handed_in(endorsed, reviewer):
    indicator = endorsed.assessment.indicator_ratings.first().indicator
    with pytest.raises(TransitionRefused, match="is in “Endorsed” by now"):
        transitions.ask(endorsed.now, by=reviewer, indicator=indicator, text="Why?")


def test_a_report_that_is_sent_back_keeps_all_that_was_said_and_decided(endorsed, reviewer):
    submitted(endorsed)
    make_query(assessment=endorsed.now, by=reviewer)
    transitions.send_back(endorsed.now, by=reviewer, reason="Please answer.")
    assert endorsed.now.state == "consolidation"
    reopened_pk = endorsed.assessment.pk
    row = endorsed.assessment.indicator_ratings.get(indicator__code="2.2")
    assert row.findings == "All is well."
    endorsed.request()
    endorsed.close()
    submitted(endorsed)
    assert list(Submission.objects.values_list("number", flat=True)) == [1, 2]
    assert Query.objects.filter(assessment=reopened_pk).open().count() == 1
    moves = AssessmentEvent.objects.filter(assessment=reopened_pk).values_list(
        "to_state", flat=True
    )
    assert list(moves).count("submitted") == 2


def test_what_changed_since_it_was_handed_in_stands_beside_what_was_asked(
    endorsed, reviewer, client
):
    submitted(endorsed)
    make_query(assessment=endorsed.now, by=reviewer)
    transitions.send_back(endorsed.now, by=reviewer, reason="Please answer.")
    row = endorsed.assessment.indicator_ratings.get(indicator__code="2.2")
    row.findings = "All is well, see page 4."
    row.save()
    endorsed.assessment.comments = "Something else."
    endorsed.assessment.save(update_fields=["comments"])
    endorsed.request()
    endorsed.close()
    submitted(endorsed)
    page = text_of(visit(client, reviewer, "detail", endorsed.assessment.pk))
    asked, beyond = page.split("Where UN Women asked")[1].split("Beyond what was asked")
    assert "see page 4" in asked
    assert "Something else." in beyond


def test_the_comment_matrix_has_a_line_for_each_message(endorsed, reviewer, client):
    submitted(endorsed)
    query = make_query(assessment=endorsed.now, by=reviewer, text="=Why?", proposed_rating=2)
    transitions.answer(query, by=endorsed.coordinator, text="So.", is_from_reviewer=False)
    answer = visit(client, reviewer, "comments", endorsed.assessment.pk)
    head, *lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert head[0] == "PI"
    assert [(line[0], line[2], line[7], line[8]) for line in lines] == [
        ("2.2", "Approaches", "UN Women", "'=Why?"),
        ("2.2", "Approaches", "Team", "So."),
    ]
    book = visit(client, reviewer, "comments_xlsx", endorsed.assessment.pk)
    exports = AuditEntry.objects.filter(action="export").order_by("pk")
    assert [entry.object for entry in exports] == [
        "comments on the report of 2022, CSV",
        "comments on the report of 2022, Excel",
    ]
    sheet = load_workbook(io.BytesIO(book.content))["Comment matrix"]
    head, first, second = sheet.iter_rows(max_col=9)
    assert [cell.value for cell in head][::4] == ["PI", "State", "Message"]
    assert (first[8].value, first[8].data_type) == ("=Why?", "s")
    assert (second[2].value, second[7].value, second[8].value) == ("Approaches", "Team", "So.")


def test_a_query_by_the_page_and_its_thread(endorsed, reviewer, client):
    submitted(endorsed)
    pk = endorsed.assessment.pk
    refused = visit(client, reviewer, "query_new", pk, about="2.2:x", text="")
    assert refused.status_code == 422
    page = visit(client, reviewer, "query_new", pk, about="2.2:b", text="Why so?")
    assert "PI 2.2 (b)" in text_of(page)
    query = Query.objects.get()
    page = visit(client, endorsed.coordinator, "query_answer", query.pk, text="Because.")
    assert "Because." in text_of(page)
    assert visit(client, endorsed.undp, "query", query.pk).status_code == 200
    page = visit(client, reviewer, "accept", pk, comment="")
    assert "Queries are open: 2.2 (b). Close them, then accept the report." in text_of(page)
    assert endorsed.now.state == "submitted"
    page = visit(client, reviewer, "query_close", query.pk, yes="1")
    assert "closed on" in text_of(page)


def test_sending_back_needs_a_reason(endorsed, reviewer, client):
    submitted(endorsed)
    refused = visit(client, reviewer, "return", endorsed.assessment.pk, reason=" ")
    assert refused.status_code == 422
    page = visit(client, reviewer, "return", endorsed.assessment.pk, reason="Please mend 2.2.")
    assert "Sent back to the team." in text_of(page)
    assert Mail.objects.get(event="returned").recipient == endorsed.coordinator


def test_two_criteria_of_one_letter_are_told_apart(endorsed, reviewer, client):
    submitted(endorsed)
    pk = endorsed.assessment.pk
    page = visit(client, reviewer, "query_new", pk).content.decode()
    names = re.findall(r'<option value="\S+:\S+"[^>]*>\s*(.*?)\s*<', page)
    assert len(names) == len(set(names))
    assert names[:4] == [
        "1.1 (a, majority)",
        "1.1 (a, all)",
        "1.1 (b, some)",
        "1.1 (b, consistent)",
    ]
    assert "2.2 (b)" in names
    page = visit(client, reviewer, "query_new", pk, about="1.1:a-all", text="All sectors?")
    assert "PI 1.1 (a, all)" in text_of(page)
    matrix = visit(client, reviewer, "comments", pk).content.decode()
    assert '1.1,"(a, all)",' in matrix


# What the checks found


def test_a_change_of_the_plan_takes_no_finding_from_what_was_handed_in(endorsed, reviewer, client):
    point = make_point(
        plan=make_plan(cycle=endorsed.assessment.cooperation_framework), lead=None, due=None
    )
    submission = submitted(endorsed)
    (kept,) = [
        row for row in json.loads(submission.manifest)["checks"]
        if row["kind"] == "action-of-nobody"
    ]  # fmt: skip
    point.lead, point.due = make_entity(acronym="FAO"), date(2027, 6, 30)
    point.save()
    page = visit(client, reviewer, "detail", endorsed.assessment.pk)
    assert kept["sentence"] in text_of(page)
    assert "As the report stood when KAZ-2022-1 was handed in" in text_of(page)
    rating = endorsed.assessment.indicator_ratings.get(indicator__code=kept["pi"])
    assert f'href="{rating.get_absolute_url()}"' in page.content.decode()


def test_where_no_finding_was_kept_the_page_says_that_it_is_of_today(reviewer, client):
    assessment = make_assessment(state="submitted")
    version = make_version(assessment=assessment)
    make_submission(endorsement=make_endorsement(version=version))
    page = text_of(visit(client, reviewer, "detail", assessment.pk))
    assert "As the assessment stands today" in page


# The queue


def show(client, reviewer, **asked):
    client.force_login(reviewer)
    response = client.get(reverse("review:queue"), asked)
    return response.context["queue"], text_of(response)


@pytest.mark.parametrize("role", [None, *Membership.Role])
def test_the_queue_is_for_reviewers_only(client, role):
    user = make_person(role, assessment=make_assessment()) if role else make_user(is_staff=True)
    client.force_login(user)
    assert client.get(reverse("review:queue")).status_code == 404


def test_the_queue_tells_teams_by_region_and_stage(endorsed, reviewer, client):
    kenya = make_team(code="KEN", country="Kenya", region="africa")
    make_team(code="TGO", country="Togo", region="africa")
    make_assessment(team=kenya, state="accepted")
    submitted(endorsed)
    queue, page = show(client, reviewer, year="2022")
    stages = {row.team.code: row.stage for _region, rows in queue.by_region for row in rows}
    assert stages == {
        "KAZ": Stage.SUBMITTED,
        "KEN": Stage.ACCEPTED,
        "TGO": Stage.NOT_SUBMITTED,
    }
    assert "Africa" in page
    ReportingYear.objects.create(year=2022, due="2023-01-31")
    queue, _page = show(client, reviewer, region="africa", stage="overdue")
    assert [row.team.code for row in queue.rows] == ["TGO"]


def test_to_look_at_one_stage_changes_no_count_and_the_region_binds_all_of_them(
    endorsed, reviewer, client
):
    kenya = make_team(code="KEN", country="Kenya", region="africa")
    make_assessment(team=kenya, state="accepted")
    submitted(endorsed)
    queue, _page = show(client, reviewer, stage="accepted")
    assert [row.team for row in queue.rows] == [kenya]
    counts = {stage: count for stage, count in queue.counts if count}
    assert counts == {Stage.SUBMITTED: 1, Stage.ACCEPTED: 1}
    assert queue.turnaround.submissions == 1
    queue, _page = show(client, reviewer, region="africa")
    assert {stage: count for stage, count in queue.counts if count} == {Stage.ACCEPTED: 1}
    assert queue.turnaround.submissions == 0


def test_no_two_figures_of_the_queue_have_one_name(endorsed, reviewer, client):
    client.force_login(reviewer)
    page = client.get(reverse("review:queue")).content.decode()
    names = re.findall("<dt>(.*?)</dt>", page)
    assert len(names) == len(set(names)) == len(Stage) + 3


def test_what_is_late_and_how_long_it_waits_follows_the_day_of_each_team(
    reviewer, client, monkeypatch
):
    almaty = make_team(time_zone="Asia/Almaty")
    tonga = make_team(code="TON", country="Tonga", time_zone="Pacific/Tongatapu")  # UTC+13
    for team_at_work in (tonga, make_team(code="TGO", country="Togo")):
        make_assessment(team=team_at_work)
    ReportingYear.objects.create(year=2022, due="2023-01-31")
    AssessmentEvent.objects.create(
        assessment=make_assessment(team=almaty, state="submitted"),
        from_state="endorsed",
        to_state="submitted",
        by=make_user(),
        at=datetime(2023, 1, 29, 20, tzinfo=UTC),  # the 30th in Almaty
    )
    client.force_login(reviewer)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2023, 1, 31, 12, tzinfo=UTC))
    queue, _page = show(client, reviewer, year="2022")
    rows = [row for _region, rows in queue.by_region for row in rows]
    assert {row.team.code: (row.stage, row.days) for row in rows} == {
        "KAZ": (Stage.SUBMITTED, 1),
        "TON": (Stage.OVERDUE, None),
        "TGO": (Stage.NOT_SUBMITTED, None),
    }
    world = client.get(reverse("world:overview"), {"year": 2022}).context["world"]
    cells = {row.team.code: row.cells[0] for _region, rows in world.regions for row in rows}
    assert {code for code, cell in cells.items() if cell.status == "overdue"} == {"TON"}


def test_a_report_that_was_sent_back_is_told_from_one_never_handed_in(endorsed, reviewer, client):
    submitted(endorsed)
    transitions.send_back(endorsed.now, by=reviewer, reason="Mend it.")
    queue, _page = show(client, reviewer)
    (row,) = queue.rows
    assert (row.stage, row.is_seen) == (Stage.RETURNED, False)


def test_a_report_that_the_team_reopened_was_not_sent_back(endorsed, reviewer, client):
    submitted(endorsed)
    reopened(endorsed)
    queue, page = show(client, reviewer)
    assert [row.stage for row in queue.rows] == [Stage.REOPENED]
    assert page.count("Reopened by the team") == 3  # to filter by, as a count, at the team
    assert (queue.turnaround.submissions, queue.turnaround.returned) == (1, 0)
    Membership.objects.filter(user=endorsed.coordinator).update(ended_on=timezone.now())
    queue, _page = show(client, reviewer, stage="reopened")
    assert [row.team for row in queue.rows] == [endorsed.assessment.team]


def test_the_queue_costs_a_fixed_number_of_queries(
    endorsed, reviewer, client, django_assert_max_num_queries
):
    for code in ("KEN", "TGO", "UGA"):
        make_assessment(team=make_team(code=code, country=code), state="submitted")
    client.force_login(reviewer)
    with django_assert_max_num_queries(12):
        client.get(reverse("review:queue"))


def test_a_reviewer_sets_the_day_on_which_reports_are_due(reviewer, client):
    client.force_login(reviewer)
    day = (timezone.now() + timedelta(days=30)).date()
    answer = client.post(reverse("review:due", args=[2022]), {"due": day}, follow=True)
    assert "have a last day now" in text_of(answer)
    assert ReportingYear.objects.get(year=2022).due == day
    assert answer.redirect_chain == [(reverse("review:queue") + "?year=2022", 302)]
    answer = client.post(reverse("review:due", args=[2022]), {"due": "soon"}, follow=True)
    assert "Write the day on which reports are due." in text_of(answer)


def test_a_team_of_another_country_sees_no_query(endorsed, reviewer, client):
    submitted(endorsed)
    query = make_query(assessment=endorsed.now, by=reviewer)
    stranger = make_membership(team=make_team(code="KGZ", country="Kyrgyzstan")).user
    assert visit(client, stranger, "query", query.pk).status_code == 404


def test_a_reopened_report_is_not_submitted_from_an_old_page(endorsed, client):
    pk = endorsed.assessment.pk
    page = visit(client, endorsed.coordinator, "submit", pk)
    assert 'method="post"' in page.content.decode()
    reopened(endorsed)
    answer = visit(client, endorsed.coordinator, "submit", pk, csrfmiddlewaretoken="old")
    assert answer.status_code == 409
    assert not Submission.objects.exists()
    with pytest.raises(TransitionRefused):
        submitted(endorsed)
