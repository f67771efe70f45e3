"""Office files: zip archives whose main part says what they are. Without Django.

No part is opened but the small ones that name the type, so nothing is ever unpacked.
"""

import lzma
import stat
import struct
import zipfile
import zlib
from typing import BinaryIO
from xml.etree import ElementTree

from evidence.reasons import FileRefused, Reason

MAX_MEMBERS = 5_000
MAX_DIRECTORY = 2 * 1024 * 1024  # bytes of the archive's list of members
MAX_UNPACKED = 500 * 1024 * 1024
MAX_RATIO = 200  # of members larger than RATIO_COUNTS_FROM
RATIO_COUNTS_FROM = 1024 * 1024
MAX_SMALL_PART = 2 * 1024 * 1024

_OOXML = "application/vnd.openxmlformats-officedocument."
_MAIN = {
    f"{_OOXML}wordprocessingml.document.main+xml": "docx",
    f"{_OOXML}spreadsheetml.sheet.main+xml": "xlsx",
    f"{_OOXML}presentationml.presentation.main+xml": "pptx",
}
_OTHER_MAIN = {  # kind, and what to save it as
    f"{_OOXML}wordprocessingml.template.main+xml": ("dotx", "docx"),
    f"{_OOXML}spreadsheetml.template.main+xml": ("xltx", "xlsx"),
    f"{_OOXML}presentationml.template.main+xml": ("potx", "pptx"),
    f"{_OOXML}presentationml.slideshow.main+xml": ("ppsx", "pptx"),
    "application/vnd.ms-excel.sheet.binary.macroEnabled.main": ("xlsb", "xlsx"),
}
_FOLDERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_ODF = "application/vnd.oasis.opendocument."
_ODF_MAIN = {f"{_ODF}text": "odt", f"{_ODF}spreadsheet": "ods", f"{_ODF}presentation": "odp"}
_ODF_MACRO_INDEX = ("script-lc.xml", "script-lb.xml", "dialog-lc.xml", "dialog-lb.xml")
# What zipfile and the parser raise on an archive that is broken or was made to hurt.
_FAULTS = (
    zipfile.BadZipFile, ElementTree.ParseError, NotImplementedError, RuntimeError, OSError,
    ValueError, KeyError, EOFError, OverflowError, struct.error, zlib.error, lzma.LZMAError,
)  # fmt: skip


def office_extension(stream: BinaryIO) -> str:
    """Return "docx", "odt" and so on by the main part. Raises FileRefused for all else."""
    try:
        if _directory_size(stream) > MAX_DIRECTORY:
            raise FileRefused(Reason.UNPACKS_TOO_LARGE)
        with zipfile.ZipFile(stream) as archive:
            names = [member.filename for member in archive.infolist()]
            if "mimetype" in names:
                extension = _odf_extension(archive, names)
            elif "[Content_Types].xml" in names:
                extension = _ooxml_extension(archive, names)
            else:
                raise FileRefused(Reason.ARCHIVE)
            _check_members(archive.infolist())
            return extension
    except _FAULTS as fault:
        raise FileRefused(Reason.DAMAGED, kind="office") from fault


def _directory_size(stream):
    """Read how long the list of members is, before zipfile takes all of it into memory.

    Looks where zipfile looks: at the very end, then before a comment, then for a 64-bit record.
    """
    end = stream.seek(0, 2)
    tail_begins = stream.seek(max(0, end - 22 - 0xFFFF))
    tail = stream.read()
    place = len(tail) - 22
    if place < 0 or tail[place : place + 4] != b"PK\x05\x06":
        place = tail.rfind(b"PK\x05\x06")
    size = struct.unpack("<L", tail[place + 12 : place + 16])[0] if place >= 0 else 0
    stream.seek(max(0, tail_begins + place - 20 - 56))
    record = stream.read(56)
    if record[:4] == b"PK\x06\x06":
        size = struct.unpack("<Q", record[40:48])[0]
    return size


def _check_members(members):
    names = [member.filename.casefold() for member in members]
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused(Reason.PASSWORD)
    if len(set(names)) < len(names) or any(map(_is_misplaced, members)):
        raise FileRefused(Reason.DAMAGED, kind="office")
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or any(map(_is_bomb, members)):
        raise FileRefused(Reason.UNPACKS_TOO_LARGE)


def _is_misplaced(member):
    """A name that would unpack to somewhere else, or a link to there."""
    name = member.filename
    leads_away = name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name
    return leads_away or stat.S_ISLNK(member.external_attr >> 16)


def _is_bomb(member):
    is_large = member.file_size > RATIO_COUNTS_FROM
    return is_large and member.file_size > MAX_RATIO * max(1, member.compress_size)


def _read(archive, name):
    member = archive.getinfo(name)
    if member.flag_bits & 1:
        raise FileRefused(Reason.PASSWORD)
    if member.file_size > MAX_SMALL_PART:
        raise FileRefused(Reason.UNPACKS_TOO_LARGE)
    return archive.read(member)


def _ooxml_extension(archive, names):
    types = _content_types(_read(archive, "[Content_Types].xml").decode("utf-8-sig"))
    folder = next((known for known in _FOLDERS if any(n.startswith(known) for n in names)), None)
    for content_type, (kind, save_as) in _OTHER_MAIN.items():
        if content_type in types:
            raise FileRefused(Reason.OTHER_FORMAT, kind=kind, save_as=save_as)
    if _has_macros(types, names):
        raise FileRefused(Reason.MACROS, save_as=_FOLDERS.get(folder, "docx"))
    found = [(extension, types[main]) for main, extension in _MAIN.items() if main in types]
    if len(found) != 1:
        raise FileRefused(Reason.ARCHIVE if not found else Reason.DAMAGED, kind="office")
    extension, part = found[0]
    if _FOLDERS.get(folder) != extension or (part and part not in names):
        raise FileRefused(Reason.DAMAGED, kind=extension)
    return extension


def _content_types(text):
    """Return {content type: the part that has it, None where it is a default}."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise FileRefused(Reason.DAMAGED, kind="office")
    return {
        element.get("ContentType"): (element.get("PartName") or "").removeprefix("/") or None
        for element in ElementTree.fromstring(text)
    }


def _has_macros(types, names):
    signs = ("macroenabled", "vbaproject", "macrosheet")
    told = [content_type for content_type in types if content_type] + names
    return any(sign in text.casefold() for text in told for sign in signs)


def _odf_extension(archive, names):
    mimetype = _read(archive, "mimetype").decode("ascii").strip()
    if mimetype not in _ODF_MAIN:
        if not mimetype.startswith(_ODF):
            raise FileRefused(Reason.ARCHIVE)
        base = next((known for known in _ODF_MAIN if mimetype.startswith(known)), None)
        raise FileRefused(Reason.OTHER_FORMAT, kind="odf", save_as=_ODF_MAIN.get(base, "pdf"))
    extension = _ODF_MAIN[mimetype]
    if b"encryption-data" in _read(archive, "META-INF/manifest.xml"):
        raise FileRefused(Reason.PASSWORD)
    if "content.xml" not in names:
        raise FileRefused(Reason.DAMAGED, kind=extension)
    if any(map(_is_odf_macro, names)):
        raise FileRefused(Reason.MACROS, save_as=extension)
    return extension


def _is_odf_macro(name):
    is_script = name.startswith(("Basic/", "Scripts/")) and not name.endswith("/")
    return is_script and not name.endswith(_ODF_MACRO_INDEX)
