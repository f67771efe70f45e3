"""What is done to the documents of a team.

Files are checked, hashed and written before any row; rows follow in one short transaction, and
where that fails the file goes again. A crash in between leaves a file without a row, which
check_evidence finds.
"""

import hashlib
import logging
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from evidence import citing, sharing
from evidence.filetypes import FileType, check
from evidence.guards import require_adding, require_changing
from evidence.models import Content, Document, EarlierVersion
from evidence.names import shown_name, title_of, with_extension
from evidence.reasons import FileRefused
from evidence.sentences import sentence

log = logging.getLogger(__name__)

CONTENT_FIELDS = [field.name for field in Content._meta.local_fields if field.name != "version"]


class DocumentRefused(Exception):
    """Nothing was stored or changed; the text says why and what to do."""


class HeldAlready(DocumentRefused):
    """The team holds this content already."""

    def __init__(self, name: str, document: Document):
        super().__init__(
            _("“%(name)s” is in the library already, as “%(title)s”.")
            % {"name": name, "title": document.title}
        )
        self.document = document


@dataclass(frozen=True, kw_only=True)
class CheckedFile:
    """An uploaded file that may be stored, with its facts."""

    upload: UploadedFile
    file_type: FileType
    name: str
    sha256: str

    @classmethod
    def of(cls, upload: UploadedFile) -> "CheckedFile":
        """Read the file in parts. Raises DocumentRefused with the sentence for the person."""
        name = shown_name(upload.name or "")
        try:
            file_type = check(upload, name=name, size=upload.size)
        except FileRefused as refusal:
            raise DocumentRefused(sentence(refusal, name=name)) from refusal
        upload.seek(0)
        return cls(
            upload=upload,
            file_type=file_type,
            name=with_extension(name, file_type.extension),
            sha256=hashlib.file_digest(upload.file, "sha256").hexdigest(),
        )


def add_file(document: Document, upload: UploadedFile, *, by, citation=None) -> Document:
    """Store a file as the content of a new document and, with a citation, cite it at once.

    document, citation: unsaved, with what a person chose; an empty title becomes the file's.

    Raises DocumentRefused, or HeldAlready with the document that consists of the same bytes.
    """
    require_adding(by, document.team)
    checked = CheckedFile.of(upload)
    document.title = document.title or title_of(checked.name)
    _refuse_held(document.team, checked)
    with (
        _stored(document, checked, by=by),
        _held_meanwhile(partial(_refuse_held, document.team, checked)),
    ):
        return _insert(document, citation, by=by)


def add_link(document: Document, *, by, citation=None) -> Document:
    """Keep a link as a new document. Raises HeldAlready where the team has it."""
    require_adding(by, document.team)
    refuse_held = partial(_refuse_linked, document.team, document.link)
    refuse_held()
    document.uploaded_by = by
    with _held_meanwhile(refuse_held):
        return _insert(document, citation, by=by)


@transaction.atomic
def _insert(document, citation, *, by):
    document.save(force_insert=True)
    if document.is_shared:
        sharing.decide(document, by=by)
    if citation is not None:
        citation.document = document
        citing.cite(citation, by=by)
    return document


def replace(document: Document, *, by, file: UploadedFile | None = None, link: str = ""):
    """Make a file or a link the newest version. Citations stay, and so does what was there.

    A shared document is withdrawn where the person may not share what they put in.
    """
    require_changing(by, document)
    if file:
        return _replace_by_file(document, file, by=by)
    return _replace_by_link(document, link, by=by)


def _replace_by_file(document, upload, *, by):
    checked = CheckedFile.of(upload)
    _refuse_held(document.team, checked)
    newer = Document(team=document.team)
    with (
        _stored(newer, checked, by=by),
        _held_meanwhile(partial(_refuse_held, document.team, checked)),
    ):
        return _replace(document, newer, by=by)


def _replace_by_link(document, link, *, by):
    refuse_held = partial(_refuse_linked, document.team, link)
    refuse_held()
    with _held_meanwhile(refuse_held):
        return _replace(document, Document(team=document.team, link=link, uploaded_by=by), by=by)


@transaction.atomic
def _replace(document, newer, *, by):
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require_changing(by, document)
    earlier = EarlierVersion(document=document, version=document.version)
    _copy_content(document, earlier)
    earlier.save(force_insert=True)
    _copy_content(newer, document)
    document.version += 1
    document.save(update_fields=[*CONTENT_FIELDS, "version"])
    if sharing.holds_back(document, by=by):
        sharing.hold_back(document, by=by)
    return document


def _copy_content(source, target):
    for name in CONTENT_FIELDS:
        value = getattr(source, name)
        setattr(target, name, value.name if name == "file" else value)


def delete(document: Document, *, by):
    """Delete a document with all its versions. Raises DocumentRefused while anything cites it."""
    with transaction.atomic():
        document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
        require_changing(by, document)
        if document.citations.exists():
            raise DocumentRefused(
                _("“%(title)s” is cited. Remove its citations first, then delete it.")
                % {"title": document.title}
            )
        contents = [document, *document.earlier_versions.all()]
        _delete_unless_needed(document)
    for content in contents:
        if content.file:
            content.file.delete(save=False)


def _delete_unless_needed(document):
    """What stands beside this app may need a document too; the database knows, and says no."""
    try:
        document.delete()
    except ProtectedError as needed:
        raise DocumentRefused(
            _("“%(title)s” is still needed: %(by)s. Take it away there first, then delete it.")
            % {"title": document.title, "by": "; ".join(map(str, needed.protected_objects))}
        ) from needed


def _refuse_held(team, checked):
    if held := Document.objects.holding(team, sha256=checked.sha256).first():
        raise HeldAlready(checked.name, held)


def _refuse_linked(team, link):
    if held := Document.objects.linking_to(team, link=link).first():
        raise HeldAlready(link, held)


@contextmanager
def _stored(content, checked, *, by):
    """Write the file and set its facts; delete it again if what follows fails."""
    content.extension = checked.file_type.extension
    content.content_type = checked.file_type.content_type
    content.original_name = checked.name
    content.size = checked.upload.size
    content.sha256 = checked.sha256
    content.uploaded_by = by
    _write(content, checked)
    name, storage = content.file.name, content.file.storage
    try:
        yield
    except BaseException:
        storage.delete(name)
        raise


def _write(content, checked):
    checked.upload.seek(0)
    try:
        content.file.save(checked.name, checked.upload, save=False)
    except OSError as fault:  # a full disk, a store that does not answer
        log.exception("A file could not be stored")
        raise DocumentRefused(
            _("“%(name)s” could not be stored here: try again, or tell the administrator.")
            % {"name": checked.name}
        ) from fault


@contextmanager
def _held_meanwhile(refuse_held):
    """Two people sent the same at once: the second is offered the first one's document."""
    try:
        yield
    except IntegrityError:
        refuse_held()
        raise
