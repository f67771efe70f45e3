"""The scoring workbook of an assessment, put together sheet by sheet."""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook

from evidence.models import Citation
from scorecard.cell_text import sheet_title
from scorecard.sheet_cells import write_text
from workbook.actions import actions_of
from workbook.out import styles
from workbook.out.dimension_sheet import DimensionSheet
from workbook.out.evidence_sheet import write_evidence
from workbook.out.guidance_sheet import write_guidance
from workbook.out.plan_sheet import write_plan
from workbook.plan import Plan
from workbook.plan_layout import point_key, sheet_name
from workbook.stamp import SHEET, Stamp, fingerprint
from workbook.subjects import Scoring


def scoring_workbook(scoring: Scoring, plan: Plan, *, made_by, made_at) -> bytes:
    """Return the file, filled in as things stand, open where this person may write."""
    book = Workbook()
    guidance = book.active
    guidance.title = sheet_title(_("Guidance"))
    sheets_by_code = dict(_write_dimensions(book, scoring))
    write_guidance(
        guidance, scoring, made_by=made_by, made_at=made_at, sheets_by_code=sheets_by_code
    )
    write_plan(_new_sheet(book, sheet_name()), plan)
    write_evidence(_new_sheet(book, _("Evidence")), _citations(scoring))
    stamp = stamp_of(scoring, plan, made_by=made_by, made_at=made_at)
    _write_stamp(book.create_sheet(SHEET), stamp)
    book.properties.title = f"{scoring.assessment}"
    book.properties.creator = made_by.name
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def stamp_of(scoring: Scoring, plan: Plan, *, made_by, made_at) -> Stamp:
    assessment = scoring.assessment
    return Stamp(
        assessment=str(assessment.pk),
        team=assessment.team.code,
        year=str(assessment.year),
        edition=assessment.framework.code,
        revision=str(assessment.framework.revision),
        language=get_language(),
        made_at=made_at.isoformat(),
        made_by=made_by.name,
        fingerprints={
            (thing, name): fingerprint(value)
            for thing, subject in _subjects(scoring, plan)
            for name, value in subject.content.items()
        },
    )


def _subjects(scoring, plan):
    yield from scoring.indicators.items()
    for number, action in actions_of(plan).items():
        yield point_key(number), action


def _new_sheet(book, title):
    return book.create_sheet(sheet_title(title, taken=book.sheetnames))


def _write_dimensions(book, scoring) -> Iterator[tuple[str, str]]:
    """Write the sheets; yield the code of each PI with the title of its sheet."""
    indicators = scoring.indicators.values()
    for dimension, group in groupby(indicators, key=lambda rated: rated.indicator.dimension):
        sheet = _new_sheet(book, str(dimension))
        writer = DimensionSheet(sheet, dimension)
        for rated in group:
            writer.write(rated)
            yield rated.code, sheet.title
        writer.finish()


def _citations(scoring):
    """The documents under each PI in the order of the PIs, with its code."""
    codes = {rated.rating.source.pk: code for code, rated in scoring.indicators.items()}
    citations = list(Citation.objects.for_ratings(codes))
    order = list(codes)
    citations.sort(key=lambda citation: order.index(citation.indicator_rating_id))
    return [(codes[citation.indicator_rating_id], citation) for citation in citations]


def _write_stamp(sheet, stamp):
    for row, texts in enumerate(stamp.rows(), start=1):
        for column, text in enumerate(texts, start=1):
            write_text(sheet.cell(row, column), text)
    sheet.sheet_state = "hidden"
    styles.protect(sheet)
