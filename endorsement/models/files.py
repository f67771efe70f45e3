"""Files that are written once: where they lie, and whether they are still what was written."""

import hashlib
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact


def is_sha256(name: str) -> Q:
    """By its length: SQLite has no regular expressions of its own, and tools must read the file."""
    return Q(Exact(Length(name), 64))


def stored_name(row, name: str) -> str:
    """Ours and never used twice, so that no later file can take the place of an earlier one."""
    assessment = row.assessment
    return f"reports/{assessment.team.code}/{assessment.year}/{uuid4()}-{name}"


def keep(field: models.fields.files.FieldFile, name: str, content: bytes) -> str:
    """Store bytes in a file field of an unsaved row and return their SHA-256."""
    field.save(name, ContentFile(content), save=False)
    return hashlib.sha256(content).hexdigest()
