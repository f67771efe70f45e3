"""Rendered files, kept by what they say: the same report, made the same way, is made once.

The name is a SHA-256 over the canonical JSON and everything else that decides how a file comes
out: templates, stylesheets, program, libraries, language. So there is nothing to invalidate; what
is not asked for any more is swept away by age.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.utils.translation import get_language

from report.as_json import everything_as_json
from report.contents import AssessmentReport
from report.pdf import PRINT_STYLES

FOLDER = "rendered"
KEPT_FOR = timedelta(days=30)
LIBRARIES = ["weasyprint", "python-docx", "openpyxl", "django", "markdown-it-py", "nh3"]
# Programs and templates that decide how a file comes out.
SOURCES = [
    "report/**/*.py",
    "scorecard/**/*.py",
    "actionplan/*.py",
    "templates/report/**/*",
    "templates/scorecard/*",
    "templates/actionplan/_*",
    "templates/icons/*",
]


def storage():
    return storages["rendered"]


def name_of(report: AssessmentReport, format: str) -> str:
    """Where the file of this report in this format is kept, or would be."""
    digest = sha256(everything_as_json(report))
    digest.update(f"{way_of_making()} {get_language()} {format}".encode())
    key = digest.hexdigest()
    return f"{FOLDER}/{key[:2]}/{key}.{format}"


def kept(name: str) -> File | None:
    try:
        return storage().open(name, "rb")
    except FileNotFoundError:
        return None


def keep(name: str, content: bytes):
    """Two that made the same at once keep the same."""
    if not storage().exists(name):
        storage().save(name, ContentFile(content))


@cache
def _way_of_making() -> str:
    digest = sha256(" ".join(f"{name} {version(name)}" for name in LIBRARIES).encode())
    for path in [*_sources(), *(Path(finders.find(name)) for name in PRINT_STYLES)]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def way_of_making() -> str:
    """Changes with every change to how files are made; looked up anew while developing."""
    return _way_of_making.__wrapped__() if settings.DEBUG else _way_of_making()


def _sources() -> Iterator[Path]:
    for pattern in SOURCES:
        yield from sorted(
            path
            for path in settings.BASE_DIR.glob(pattern)
            if path.is_file() and "tests" not in path.parts
        )


def sweep(*, now: datetime) -> int:
    """Delete what was made more than KEPT_FOR ago, and return how many files that were."""
    old = [name for name in _files_in(FOLDER) if storage().get_modified_time(name) < now - KEPT_FOR]
    for name in old:
        storage().delete(name)
    return len(old)


def _files_in(folder: str) -> Iterator[str]:
    try:
        folders, files = storage().listdir(folder)
    except FileNotFoundError:  # nothing was ever made
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _files_in(f"{folder}/{name}")
