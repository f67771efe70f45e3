"""The files that a report comes as: what each is for, and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _

from report import rendered
from report.as_json import as_json
from report.contents import AssessmentReport
from report.csv_files import evidence_csv, ratings_csv
from report.html import standalone_document
from report.sheets import xlsx
from report.unprintable import Printed, printed
from report.word.document import docx

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, kw_only=True)
class Format:
    """about: what it is good for. is_kept: whether making it takes long enough to keep the file.

    ending: what the name of the file adds to that of the report.
    """

    name: str
    about: str
    ending: str
    content_type: str
    icon: str
    make: Callable[[AssessmentReport], bytes | Printed]
    is_kept: bool = False

    def file_name(self, report: AssessmentReport) -> str:
        return f"{report.cover.file_stem}{self.ending}"


@dataclass(frozen=True, kw_only=True)
class Made:
    """note: what whoever asked should know, such as a text that was printed without its layout."""

    file: File
    note: str = ""


FORMATS = {
    "pdf": Format(
        name=_("PDF"),
        about=_("to sign, print and send"),
        ending=".pdf",
        content_type="application/pdf",
        icon="icons/file-pdf.svg",
        make=printed,
        is_kept=True,
    ),
    "docx": Format(
        name=_("Word"),
        about=_("to edit"),
        ending=".docx",
        content_type=f"{OFFICE}.wordprocessingml.document",
        icon="icons/file-word.svg",
        make=docx,
        is_kept=True,
    ),
    "xlsx": Format(
        name=_("Excel"),
        about=_("all tables, to sort and count"),
        ending=".xlsx",
        content_type=f"{OFFICE}.spreadsheetml.sheet",
        icon="icons/file-excel.svg",
        make=xlsx,
    ),
    "csv": Format(
        name=_("Ratings (CSV)"),
        about=_("one row a PI, for other programs"),
        ending=" ratings.csv",
        content_type="text/csv; charset=utf-8",
        icon="icons/file-text.svg",
        make=ratings_csv,
    ),
    "evidence-csv": Format(
        name=_("Evidence list (CSV)"),
        about=_("one row a document and PI"),
        ending=" evidence.csv",
        content_type="text/csv; charset=utf-8",
        icon="icons/file-text.svg",
        make=evidence_csv,
    ),
    "json": Format(
        name=_("JSON"),
        about=_("all of it, for programs and for comparing hashes"),
        ending=".json",
        content_type="application/json",
        icon="icons/file.svg",
        make=as_json,
    ),
    "html": Format(
        name=_("Web page"),
        about=_("one file that needs nothing else"),
        ending=".html",
        content_type="text/html; charset=utf-8",
        icon="icons/file.svg",
        make=lambda report: standalone_document(report).encode(),
    ),
}


def made(report: AssessmentReport, key: str) -> Made:
    """Return the report as a file: the one that was kept, or a new one. Raises a ChildError."""
    format = FORMATS[key]
    if not format.is_kept:
        return Made(file=ContentFile(format.make(report)))
    name = rendered.name_of(report, key)
    if file := rendered.kept(name):
        return Made(file=file)
    new = format.make(report)
    new = new if isinstance(new, Printed) else Printed(content=new)
    rendered.keep(name, new.content)
    return Made(file=ContentFile(new.content), note=new.note)
