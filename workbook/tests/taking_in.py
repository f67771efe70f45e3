"""Takes a foreign workbook in as a coordinator does, page by page."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.models import IndicatorRating
from workbook.tests.books import saved, workbook_of

LONG = (
    ["PI", "Year", "Rating", "Findings", "Last assessed"],
    ["1.1", 2020, "B. Approaching", "Half of the sectors.", None],
    [2.2000000000000002, 2020, "MEETS", "- a campaign\n- a calendar", 2019],
    ["1.1", 2021, "Meets minimum requirements", "All sectors.", None],
)


def upload(client, team, *rows, name="Ratings until 2021.xlsx"):
    file = SimpleUploadedFile(name, saved(workbook_of(*rows, title="Scores")))
    address = reverse("workbook:history_upload", args=[team.code])
    return client.post(address, {"file": file}, follow=True)


def map_as_guessed(client, page, **changes):
    form = page.context["page"].form
    data = {name: form.initial.get(name, "") for name in form.fields}
    data |= {"framework": form.initial["framework"].pk, "cycle": form.initial["cycle"].pk}
    data = {name: "" if value is None else value for name, value in (data | changes).items()}
    return client.post(page.request["PATH_INFO"], data, follow=True)


def take_in(client, page):
    run = page.context["run"]
    data = {"digest": page.context["dry_run"].digest}
    return client.post(reverse("workbook:history_write", args=[run.pk]), data, follow=True)


def dry_run_of(client, team, *rows, **changes):
    return map_as_guessed(client, upload(client, team, *rows), **changes)


def rating_of(team, year, code):
    return IndicatorRating.objects.get(
        assessment__team=team, assessment__year=year, indicator__code=code
    )


def refusals(page):
    return [(row.address, row.sentence) for row in page.context["dry_run"].refusals]
