"""A workbook as a person downloads it, fills it in with openpyxl and uploads it."""

from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from workbook.tests.books import saved

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
        return upload(client, assessment, saved(self.book), name=name)


def upload(client, assessment, content, *, name="filled.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(
        reverse("workbook:upload", args=[assessment.pk]), {"file": file}, follow=True
    )


def write(client, page, **choices):
    run = page.context["run"]
    data = {"digest": page.context["dry_run"].digest, **choices}
    return client.post(reverse("workbook:write", args=[run.pk]), data, follow=True)
