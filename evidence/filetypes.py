"""What a file really is, by its content, and whether it may be stored. Without Django.

An allow-list: what is not recognised as one of TYPES is refused, with the reason. The name
only has to agree: a PDF called .docx is refused, since whoever downloads it could not open it.
"""

from dataclasses import dataclass
from typing import BinaryIO

from evidence.names import extension_of
from evidence.office import office_extension
from evidence.pictures import check_picture
from evidence.reasons import FileRefused, Reason
from evidence.texts import is_text

MAX_BYTES = 25 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class FileType:
    extension: str
    content_type: str


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
TYPES = {
    extension: FileType(extension=extension, content_type=content_type)
    for extension, content_type in {
        "pdf": "application/pdf",
        "docx": f"{_OOXML}.wordprocessingml.document",
        "xlsx": f"{_OOXML}.spreadsheetml.sheet",
        "pptx": f"{_OOXML}.presentationml.presentation",
        "odt": f"{_ODF}.text",
        "ods": f"{_ODF}.spreadsheet",
        "odp": f"{_ODF}.presentation",
        "txt": "text/plain",
        "csv": "text/csv",
        "png": "image/png",
        "jpg": "image/jpeg",
        "webp": "image/webp",
    }.items()
}
_SPELLINGS = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg"}

_PDF = b"%PDF-"
_BEFORE_PDF = b"\xef\xbb\xbf \t\r\n\x0c\x00"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
# Names of streams in the old Office container, by what the file then is.
_OLE_STREAMS = {
    "EncryptedPackage": FileRefused(Reason.PASSWORD),
    "WordDocument": FileRefused(Reason.OTHER_FORMAT, kind="doc", save_as="docx"),
    "Workbook": FileRefused(Reason.OTHER_FORMAT, kind="xls", save_as="xlsx"),
    "Book": FileRefused(Reason.OTHER_FORMAT, kind="xls", save_as="xlsx"),
    "PowerPoint Document": FileRefused(Reason.OTHER_FORMAT, kind="ppt", save_as="pptx"),
}
# Refused in any case; known by their first bytes so that the sentence can say what to do.
_REFUSED_BEFORE_TEXT = {
    b"{\\rtf": FileRefused(Reason.OTHER_FORMAT, kind="rtf", save_as="docx"),
    b"%!PS": FileRefused(Reason.OTHER_FORMAT, kind="ps", save_as="pdf"),
    b"GIF8": FileRefused(Reason.OTHER_FORMAT, kind="gif", save_as="png"),
    b"Rar!": FileRefused(Reason.ARCHIVE),
}
_REFUSED_AFTER_TEXT = {
    b"II*\x00": FileRefused(Reason.OTHER_FORMAT, kind="tiff", save_as="pdf"),
    b"MM\x00*": FileRefused(Reason.OTHER_FORMAT, kind="tiff", save_as="pdf"),
    b"BM": FileRefused(Reason.OTHER_FORMAT, kind="bmp", save_as="png"),
    b"\xc5\xd0\xd3\xc6": FileRefused(Reason.OTHER_FORMAT, kind="ps", save_as="pdf"),
    b"7z\xbc\xaf": FileRefused(Reason.ARCHIVE),
    b"\x1f\x8b": FileRefused(Reason.ARCHIVE),
    b"MZ": FileRefused(Reason.PROGRAM),
    b"\x7fELF": FileRefused(Reason.PROGRAM),
    b"RIFF": FileRefused(Reason.RECORDING),
    b"ID3": FileRefused(Reason.RECORDING),
    b"\x1aE\xdf\xa3": FileRefused(Reason.RECORDING),
}
_PHOTO_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")


def check(stream: BinaryIO, *, name: str, size: int) -> FileType:
    """Return the type of the file, or raise FileRefused with the reason.

    stream: can be sought; is read in parts and left at any place.
    name: as people see it, see names.shown_name.
    """
    if size == 0:
        raise FileRefused(Reason.EMPTY)
    if size > MAX_BYTES:
        raise FileRefused(Reason.TOO_LARGE, size=size)
    named = extension_of(name)
    extension = _recognise(stream, named, size)
    if named and _SPELLINGS.get(named, named) != extension:
        raise FileRefused(Reason.MISNAMED, kind=extension)
    return TYPES[extension]


def _recognise(stream, named, size):
    stream.seek(0)
    head = stream.read(64)
    if head.lstrip(_BEFORE_PDF).startswith(_PDF):
        return _pdf(stream, size)
    if head.startswith(_ZIP):
        return office_extension(stream)
    if head.startswith(_OLE):
        raise _ole_refusal(stream)
    if picture := _picture(head):
        check_picture(stream, picture, size=size)
        return picture
    _refuse(head, _REFUSED_BEFORE_TEXT)
    if is_text(stream):
        return named if named in ("txt", "csv") else "txt"
    if head[4:8] == b"ftyp":
        raise _film_or_photo(head)
    _refuse(head, _REFUSED_AFTER_TEXT)
    raise FileRefused(Reason.NOT_TEXT if named in ("txt", "csv") else Reason.UNKNOWN)


def _refuse(head, known):
    for beginning, refusal in known.items():
        if head.startswith(beginning):
            raise FileRefused(refusal.reason, **refusal.values)


def _pdf(stream, size):
    stream.seek(max(0, size - 2048))
    if b"%%EOF" not in stream.read():
        raise FileRefused(Reason.DAMAGED, kind="pdf")
    return "pdf"


def _picture(head):
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return next((kind for magic, kind in _PICTURES.items() if head.startswith(magic)), None)


def _film_or_photo(head):
    if head[8:12] in _PHOTO_BRANDS:
        return FileRefused(Reason.OTHER_FORMAT, kind="heic", save_as="jpg")
    return FileRefused(Reason.RECORDING)


def _ole_refusal(stream):
    """Old Office files and protected new ones share a container; its directory tells which."""
    stream.seek(0)
    header = stream.read(512)
    sector_size = 1 << min(16, int.from_bytes(header[30:32], "little"))
    stream.seek((int.from_bytes(header[48:52], "little") + 1) * sector_size)
    directory = stream.read(8 * 1024)
    for name, refusal in _OLE_STREAMS.items():
        if f"{name}\0".encode("utf-16-le") in directory:
            return FileRefused(refusal.reason, **refusal.values)
    return FileRefused(Reason.OTHER_FORMAT, kind="ole", save_as="pdf")
