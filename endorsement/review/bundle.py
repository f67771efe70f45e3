"""The endorsed report with its evidence in one ZIP, and whether such a ZIP is still whole."""

import hashlib
import json
from collections.abc import Iterator
from functools import partial
from itertools import chain
from tempfile import TemporaryFile
from zipfile import BadZipFile, ZipFile

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from endorsement.models import Endorsement, Submission
from endorsement.review.checked import to_keep
from endorsement.stored import endorsed_content
from evidence.models import Document, EarlierVersion
from evidence.names import shown_name
from report.bundle import MANIFEST, Bundle, Member
from report.formats import FORMATS, made

MADE_ANEW = ["docx", "xlsx", "csv", "evidence-csv"]


def bundle_of(endorsement: Endorsement) -> Bundle:
    """Return the endorsed PDF and JSON as they are kept, the other formats made of that JSON, and
    every document that it names. Raises a ChildError."""
    report = endorsed_content(endorsement, endorsement.assessment)
    pdf = endorsement.pdf
    content = endorsement.version.content.encode()
    record = endorsement.record.encode()
    members, missing = _evidence(endorsement)
    return Bundle(
        about=_about(endorsement, report),
        members=[
            Member(name=FORMATS["pdf"].file_name(report), open=partial(pdf.storage.open, pdf.name)),
            Member(name=FORMATS["json"].file_name(report), open=lambda: ContentFile(content)),
            Member(name="record of endorsement.json", open=lambda: ContentFile(record)),
            *(_made(report, key) for key in MADE_ANEW),
            *members,
        ],
        missing=missing,
    )


def write(submission: Submission, bundle: Bundle):
    """Store the bundle's stream as the file of an unsaved submission."""
    digest, size = hashlib.sha256(), 0
    with TemporaryFile() as file:
        for piece in bundle.stream():
            digest.update(piece)
            size += file.write(piece)
        file.seek(0)
        submission.bundle.save("bundle.zip", File(file), save=False)
    submission.bundle_sha256, submission.bundle_size = digest.hexdigest(), size
    submission.manifest = bundle.manifest.decode()


def faults_of(bundle, manifest: str) -> list[str]:
    """Return what is wrong with a bundle, one sentence each; [] when all is as the manifest says.

    bundle: an open file. manifest: as the submission keeps it.
    """
    try:
        with ZipFile(bundle) as archive:
            return list(_faults(archive, manifest))
    except BadZipFile:
        return [_("The file is no ZIP.")]


def _faults(archive: ZipFile, manifest: str) -> Iterator[str]:
    names = set(archive.namelist())
    expected = {entry["name"]: entry["sha256"] for entry in json.loads(manifest)["files"]}
    expected[MANIFEST] = hashlib.sha256(manifest.encode()).hexdigest()
    for name, sha256 in expected.items():
        if name not in names:
            yield _("%(name)s is missing.") % {"name": name}
        elif _sha256(archive, name) != sha256:
            yield _("%(name)s is not what was handed in.") % {"name": name}
    for name in sorted(names - expected.keys()):
        yield _("%(name)s stands in no manifest.") % {"name": name}


def _sha256(archive, name) -> str:
    with archive.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _about(endorsement, report) -> dict:
    return {
        "title": report.cover.document_title,
        "team": report.cover.team_code,
        "year": report.cover.year,
        "edition": report.cover.edition,
        "version": endorsement.version.number,
        "endorsed_at": endorsement.at.isoformat(timespec="seconds"),
        "content_sha256": endorsement.version.sha256,
        "pdf_sha256": endorsement.pdf_sha256,
        "checks": to_keep(endorsement.assessment),
    }


def _made(report, key) -> Member:
    file = made(report, key).file
    return Member(name=FORMATS[key].file_name(report), open=lambda: file)


def _evidence(endorsement) -> tuple[list[Member], list[dict]]:
    """The very bytes that the endorsed report names, even if a document was replaced since."""
    named = _named(endorsement.version)
    files = _files(endorsement.assessment.team, set(named))
    members, missing = [], []
    for number, (sha256, facts) in enumerate(named.items(), start=1):
        row = files.get(sha256)
        if row is None or not row.file.storage.exists(row.file.name):
            missing.append({"sha256": sha256, "title": facts["title"]})
            continue
        name = f"evidence/{number:03d} {shown_name(row.original_name)}"
        opened = partial(row.file.storage.open, row.file.name)
        members.append(Member(name=name, open=opened, facts=facts))
    return members, missing


def _named(version) -> dict[str, dict]:
    """Title and PIs of each file that the report lists as proof, by its hash."""
    named: dict[str, dict] = {}
    for indicator in json.loads(version.content)["evidence"]["indicators"]:
        for document in chain.from_iterable(row["documents"] for row in indicator["categories"]):
            if sha256 := document["sha256"]:
                facts = named.setdefault(sha256, {"title": document["title"], "cited_under": []})
                facts["cited_under"].append(indicator["code"])
    return named


def _files(team, hashes) -> dict[str, Document | EarlierVersion]:
    earlier = EarlierVersion.objects.filter(document__team=team, sha256__in=hashes)
    present = Document.objects.in_team(team).filter(sha256__in=hashes)
    return {row.sha256: row for row in [*earlier.select_related("document"), *present]}
