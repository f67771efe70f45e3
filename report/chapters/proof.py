"""Chapter 9: the documents that stand as proof, by PI and category."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext as _

from assessments.models import IndicatorRating
from evidence.models import Citation, Document
from report.chapters.values import LevelTitles, ShownRating
from scorecard.plain_text import printable
from scorecard.statements import short_name

LONG_LIST = 12  # documents


@dataclass(frozen=True, kw_only=True)
class DocumentShown:
    """One document under one PI. places: "(a), page 12: “...”", one for each exact citation."""

    title: str
    file_type: str
    sha256: str
    link: str
    places: tuple[str, ...]
    # Where this site keeps it; no part of what the report says.
    url: str = field(metadata={"is_content": False})


@dataclass(frozen=True, kw_only=True)
class CategoryOfProof:
    title: str
    documents: tuple[DocumentShown, ...]

    @property
    def is_long(self) -> bool:
        """Too long to be kept on one page without leaving much of another empty."""
        return len(self.documents) > LONG_LIST


@dataclass(frozen=True, kw_only=True)
class ProofOfIndicator:
    code: str
    title: str
    rating: ShownRating | None
    categories: tuple[CategoryOfProof, ...]


@dataclass(frozen=True, kw_only=True)
class ProofChapter:
    """One document may be listed under several PIs: entry_count counts the listings."""

    indicators: tuple[ProofOfIndicator, ...]
    entry_count: int
    document_count: int

    @classmethod
    def of(
        cls, ratings: list[IndicatorRating], citations: list[Citation], titles: LevelTitles
    ) -> "ProofChapter":
        indicators = tuple(
            ProofOfIndicator(
                code=rating.indicator.code,
                title=rating.indicator.title,
                rating=ShownRating.of(rating.rating, titles),
                categories=tuple(
                    _by_category(
                        row for row in citations if row.indicator_rating_id == rating.source.pk
                    )
                ),
            )
            for rating in ratings
        )
        listed = [
            document
            for indicator in indicators
            for category in indicator.categories
            for document in category.documents
        ]
        return cls(
            indicators=indicators,
            entry_count=len(listed),
            document_count=len({citation.document_id for citation in citations}),
        )


def _by_category(citations: Iterable[Citation]) -> Iterable[CategoryOfProof]:
    for category, rows in groupby(sorted(citations, key=_place), key=lambda row: row.category):
        by_document = groupby(rows, key=lambda row: row.document)
        yield CategoryOfProof(
            title=category.title,
            documents=tuple(_document(document, uses) for document, uses in by_document),
        )


def _place(citation: Citation) -> tuple:
    """Category, document, then the document as a whole before its criteria."""
    document, criterion = citation.document, citation.criterion
    return (
        citation.category.position,
        document.title.casefold(),
        document.pk,
        criterion.position if criterion else 0,
    )


def _document(document: Document, citations: Iterable[Citation]) -> DocumentShown:
    return DocumentShown(
        title=printable(document.title).strip(),
        file_type=document.type_name,
        sha256=document.sha256,
        link=printable(document.link),
        places=tuple(place for row in citations if (place := _exact_place(row))),
        url=document.get_absolute_url(),
    )


def _exact_place(citation: Citation) -> str:
    """Say where in the document and for which criterion; "" where it is cited as a whole."""
    where = [short_name(citation.criterion)] if citation.criterion else []
    if citation.page:
        where.append(_("page %(page)s") % {"page": printable(citation.page)})
    quote = _("“%(words)s”") % {"words": printable(citation.quote)} if citation.quote else ""
    return ": ".join(filter(None, [", ".join(where), quote]))
