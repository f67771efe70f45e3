"""Report and evidence in one ZIP, with a list of all files and their hashes, streamed.

Nothing is held in memory or written to the disk on the way: each file is read, hashed and sent in
pieces, and the manifest comes last, with the hashes of what was really sent.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256

from django.core.files.base import File
from django.db.models.functions import Coalesce
from zipstream import ZIP_DEFLATED, ZIP_STORED, ZipStream

from assessments.models import Assessment
from evidence.models import Citation, Document
from evidence.names import shown_name
from report.as_json import as_json
from report.contents import AssessmentReport
from report.formats import FORMATS, made

REPORT_FORMATS = ["pdf", "docx", "xlsx", "csv", "evidence-csv", "json"]
MANIFEST = "manifest.json"
_COMPRESSED = (".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".png", ".jpg", ".webp")


@dataclass(frozen=True, kw_only=True)
class Member:
    """One file of a bundle. facts: what the manifest says of it beside name, size and hash."""

    name: str
    open: Callable[[], File]
    facts: dict = field(default_factory=dict)


class Bundle:
    """manifest: None until the stream has come to its end."""

    def __init__(self, *, about: dict, members: list[Member], missing: Iterable[dict] = ()):
        self.about = about
        self.members = members
        self.missing = list(missing)
        self.manifest: bytes | None = None
        self._sent: list[dict] = []

    def stream(self) -> Iterator[bytes]:
        archive = ZipStream()
        for member in self.members:
            is_small_already = member.name.endswith(_COMPRESSED)
            archive.add(
                self._pieces(member),
                member.name,
                compress_type=ZIP_STORED if is_small_already else ZIP_DEFLATED,
            )
        archive.add(self._manifest(), MANIFEST, compress_type=ZIP_DEFLATED)
        yield from archive

    def _pieces(self, member: Member) -> Iterator[bytes]:
        digest, size = sha256(), 0
        with member.open() as file:
            for piece in file.chunks():
                digest.update(piece)
                size += len(piece)
                yield piece
        facts = {"name": member.name, "size": size, "sha256": digest.hexdigest()}
        self._sent.append(facts | member.facts)

    def _manifest(self) -> Iterator[bytes]:
        content = self.about | {"files": self._sent, "missing": self.missing}
        text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
        self.manifest = f"{text}\n".encode()
        yield self.manifest


def bundle_of(assessment: Assessment, report: AssessmentReport, documents) -> Bundle:
    """Return the report in every format with these documents. Raises a ChildError."""
    present, missing = _present(documents)
    return Bundle(
        about=about(report),
        members=[*report_members(report), *evidence_members(assessment, present)],
        missing=[{"title": row.title, "sha256": row.sha256} for row in missing],
    )


def about(report: AssessmentReport) -> dict:
    """What the manifest says of the whole; the hash is that of the report's JSON."""
    return {
        "title": report.cover.document_title,
        "team": report.cover.team_code,
        "year": report.cover.year,
        "edition": report.cover.edition,
        "standing": report.cover.standing,
        "content_sha256": sha256(as_json(report)).hexdigest(),
    }


def cited_documents(assessment: Assessment):
    """The files that the report names as proof; of a carried PI those from where it stems."""
    return Document.objects.cited_by(_citations(assessment)).exclude(file="").order_by("pk")


def _citations(assessment: Assessment):
    sources = assessment.indicator_ratings.order_by().values(source=Coalesce("origin", "pk"))
    return Citation.objects.filter(indicator_rating__in=sources)


def report_members(report: AssessmentReport) -> list[Member]:
    """Each format as a file; those that take long are made here, before anything is sent."""
    return [_report_member(report, key) for key in REPORT_FORMATS]


def _report_member(report: AssessmentReport, key: str) -> Member:
    file = made(report, key).file
    return Member(name=FORMATS[key].file_name(report), open=lambda: file)


def evidence_members(assessment: Assessment, documents: list[Document]) -> list[Member]:
    """Numbered, since two may have one name; by what they are cited for the manifest tells."""
    codes: dict[int, list[str]] = {}
    cited = _citations(assessment).values_list("document_id", "indicator_rating__indicator__code")
    for document_id, code in sorted(set(cited)):
        codes.setdefault(document_id, []).append(code)
    return [
        Member(
            name=f"evidence/{number:03d} {shown_name(document.original_name)}",
            open=partial(document.file.storage.open, document.file.name),
            facts={"title": document.title, "cited_under": codes.get(document.pk, [])},
        )
        for number, document in enumerate(documents, start=1)
    ]


def _present(documents) -> tuple[list[Document], list[Document]]:
    """Those whose file is in the store, and those whose file is gone."""
    present, missing = [], []
    for document in documents:
        is_there = document.file.storage.exists(document.file.name)
        (present if is_there else missing).append(document)
    return present, missing
