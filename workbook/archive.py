"""What an uploaded workbook is made of, looked at before anything opens it. Without Django.

A file of 2 kB can ask for 3 GB: a cell far out, a million rows, words that stand for words that
stand for words. All of it shows in the archive's list of parts and in the parts' plain bytes.
"""

import re
import zipfile
from io import BytesIO

from workbook.reasons import BookRefused, Reason

MAX_BYTES = 5 * 1024 * 1024
MAX_PARTS = 500
MAX_UNPACKED = 40 * 1024 * 1024
MAX_RATIO = 200  # of parts larger than RATIO_COUNTS_FROM
RATIO_COUNTS_FROM = 1024 * 1024
MAX_ROWS = 2_000  # with something in them, in one sheet
MAX_ROW_ELEMENTS = 20_000  # LibreOffice writes empty rows too, the last one of the sheet among them
MAX_STRINGS = 60_000
MAX_MERGED = 5_000

_XML = (".xml", ".rels", ".vml")
_DEFINITIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']""")
_ENCODINGS = {b"utf-8", b"us-ascii", b"ascii"}
_MARK = b"\xef\xbb\xbf"
_LIMITS = [
    (re.compile(rb"<(?:\w+:)?si[ >/]"), MAX_STRINGS),
    (re.compile(rb"<(?:\w+:)?mergeCell "), MAX_MERGED),
]
_ROW = re.compile(rb"<(?:\w+:)?row[ >/]")


def check_archive(data: bytes):
    """Raise BookRefused for what no reader should be given. The file must be known as a zip."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        _check_members(members)
        for member in members:
            if member.filename.casefold().endswith(_XML):
                _check_xml(member.filename, archive.read(member))


def _check_members(members):
    if any(member.flag_bits & 1 for member in members):
        raise BookRefused(Reason.PASSWORD)
    names = {member.filename.casefold() for member in members}
    if len(names) < len(members) or any(map(_leads_away, names)):
        raise BookRefused(Reason.DAMAGED)
    if any("vbaproject" in name for name in names):
        raise BookRefused(Reason.MACROS)
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_PARTS or unpacked > MAX_UNPACKED or any(map(_is_bomb, members)):
        raise BookRefused(Reason.UNPACKS_TOO_LARGE)


def _leads_away(name):
    return name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name


def _is_bomb(member):
    is_large = member.file_size > RATIO_COUNTS_FROM
    return is_large and member.file_size > MAX_RATIO * max(1, member.compress_size)


def _check_xml(name, content):
    """Only plain UTF-8 is looked through; in another encoding a definition would stay unseen."""
    start = content.removeprefix(_MARK).lstrip()
    encoding = _ENCODING.match(start[:200])
    is_readable = start.startswith(b"<") and b"\0" not in content[:200]
    if not is_readable or (encoding and encoding[1].lower() not in _ENCODINGS):
        raise BookRefused(Reason.DAMAGED)
    if _DEFINITIONS.search(content):
        raise BookRefused(Reason.ENTITIES)
    if any(_count(pattern, content) > limit for pattern, limit in _LIMITS):
        raise BookRefused(Reason.UNPACKS_TOO_LARGE)
    if (rows := _count(_ROW, content)) > MAX_ROW_ELEMENTS:
        raise BookRefused(Reason.TOO_MANY_ROWS, sheet=name.rpartition("/")[2], rows=rows)


def _count(pattern, content):
    return sum(1 for _match in pattern.finditer(content))
