"""Whether the files in the store and the rows in the database agree, both ways."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain

from django.utils.translation import gettext as _

from evidence.models import Content, Document, EarlierVersion
from evidence.storage import private_storage

FOLDER = "evidence"  # of models.stored_name
# A younger file may belong to an upload whose row is being written at this moment.
LEFT_ALONE_FOR = timedelta(hours=24)


def contents() -> Iterator[Content]:
    """Every version of every document that is a file."""
    versions = EarlierVersion.objects.select_related("document")
    for rows in [Document.objects.all(), versions]:
        yield from rows.exclude(file="").iterator(chunk_size=500)


def spoiled_files() -> Iterator[str]:
    """Say of each row whose file is gone or has other bytes than were uploaded."""
    for content in contents():
        values = {"file": content.file.name, "title": content, "expected": content.sha256}
        try:
            values["found"] = _sha256(content)
        except FileNotFoundError:
            yield _("%(file)s of “%(title)s” is missing: restore it from a backup.") % values
            continue
        if values["found"] != values["expected"]:
            yield (
                _(
                    "%(file)s of “%(title)s” is not what was uploaded (SHA-256 %(found)s, expected "
                    "%(expected)s): restore it from a backup."
                )
                % values
            )


def _sha256(content):
    with content.file.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def forgotten_files(*, now: datetime) -> Iterator[str]:
    """Say of each file that no row names and that is older than a day."""
    storage = private_storage()
    known = set(chain.from_iterable(_names(model) for model in [Document, EarlierVersion]))
    for name in _files_in(storage, FOLDER):
        if name not in known and now - storage.get_modified_time(name) > LEFT_ALONE_FOR:
            yield _("%(file)s belongs to no document: delete it.") % {"file": name}


def _names(model):
    return model.objects.exclude(file="").values_list("file", flat=True)


def _files_in(storage, folder) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _files_in(storage, f"{folder}/{name}")
