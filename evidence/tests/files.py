"""Real files of every kind, made as the programs make them, and spoiled in every way."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
MAIN_PARTS = {
    "docx": ("word/document.xml", f"{OOXML}wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OOXML}spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{OOXML}presentationml.presentation.main+xml"),
}
ODF_TYPES = {"odt": f"{ODF}text", "ods": f"{ODF}spreadsheet", "odp": f"{ODF}presentation"}
PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def zipped(members, *, flags=0):
    """A zip archive of {name: bytes}, or of (name, bytes) pairs where a name stands twice."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items() if isinstance(members, dict) else members:
            archive.writestr(name, content)
    content = target.getvalue()
    return _with_flags(content, flags) if flags else content


def _with_flags(content, flags):
    """Set the flags of every member, as an archive with a password has them."""
    changed = bytearray(content)
    for magic, offset in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)]:
        place = changed.find(magic)
        while place >= 0:
            struct.pack_into("<H", changed, place + offset, flags)
            place = changed.find(magic, place + 4)
    return bytes(changed)


def content_types(*parts, doctype=""):
    """[Content_Types].xml with these (part name, content type) pairs."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{content_type}"/>'
        for name, content_type in parts
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>"
    ).encode()


def ooxml_members(extension, *, content_type=None, doctype=""):
    part, usual = MAIN_PARTS[extension]
    return {
        "[Content_Types].xml": content_types((part, content_type or usual), doctype=doctype),
        "_rels/.rels": b"<Relationships/>",
        part: b"<document>A joint work plan.</document>",
    }


def ooxml(extension, *, content_type=None, extra=None, doctype=""):
    members = ooxml_members(extension, content_type=content_type, doctype=doctype)
    return zipped(members | (extra or {}))


def odf(extension, *, mimetype=None, extra=None, manifest=b"<manifest:manifest/>"):
    members = {
        "mimetype": (mimetype or ODF_TYPES[extension]).encode(),
        "content.xml": b"<office:document-content/>",
        "META-INF/manifest.xml": manifest,
    }
    return zipped(members | (extra or {}))


def pdf(text="A work plan"):
    return b"%PDF-1.7\n1 0 obj<<>>endobj\n% " + text.encode() + b"\ntrailer<<>>\n%%EOF\n"


def picture(image_format, size=(60, 40), **options):
    target = BytesIO()
    Image.new("RGB", size, "teal").save(target, image_format, **options)
    return target.getvalue()


def huge_png(width=20_000, height=20_000):
    """400 megapixels that say so in a few hundred bytes."""

    def chunk(kind, data):
        checksum = zlib.crc32(kind + data)
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", checksum)

    head = struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return PNG_HEAD + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def large_png(width=8_000, height=8_000):
    """64 megapixels: more than is taken, less than makes Pillow itself refuse."""
    return huge_png(width, height)


def ole(stream):
    """The head of an old Office container whose directory names this stream."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)  # sectors of 512 bytes
    struct.pack_into("<L", header, 48, 1)  # the directory is in the second one
    entries = "Root Entry\0".encode("utf-16-le").ljust(128, b"\0")
    entries += f"{stream}\0".encode("utf-16-le").ljust(128, b"\0")
    return bytes(header) + bytes(512) + entries.ljust(512, b"\0")


def many_members(count):
    """A Word document with so many parts that their list alone is large."""
    extra = {f"word/media/{number:040}.xml": b"" for number in range(count)}
    return ooxml("docx", extra=extra)


def declaring(content, *, size):
    """The same archive, whose list of members says that each picture unpacks to this size."""
    changed = bytearray(content)
    place = changed.find(b"PK\x01\x02")
    while place >= 0:
        if changed[place + 46 :].startswith(b"word/media/"):
            struct.pack_into("<L", changed, place + 24, size)
        place = changed.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


def zip64(content):
    """The same archive with the 64-bit record at its end that some Java programs write."""
    place = content.rfind(b"PK\x05\x06")
    count, size, offset = struct.unpack("<2xH2L", content[place + 8 : place + 20])
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, place, 1)
    return content[:place] + record + locator + content[place:]


GOOD = {
    "plan.pdf": pdf(),
    "with-mark.pdf": b"\xef\xbb\xbf\r\n" + pdf(),
    "plan.docx": ooxml("docx"),
    "figures.xlsx": ooxml("xlsx"),
    "from-java.xlsx": zip64(ooxml("xlsx")),
    "slides.pptx": ooxml("pptx"),
    "plan.odt": odf("odt"),
    "figures.ods": odf("ods"),
    "slides.odp": odf("odp"),
    "notes.txt": "Минуты заседания, 09.12\n".encode(),
    "with-mark.txt": b"\xef\xbb\xbfPlan\n",
    "wide.txt": "План\r\n".encode("utf-16"),
    "pages.txt": b"one\x0ctwo\x0bthree\n",
    "figures.csv": b"indicator;share\n1.3;48,7\n",
    "cyrillic.csv": "показатель;доля\n".encode("cp1251"),
    "french.csv": "indicateur;égalité\n".encode("cp1252"),
    "less-than.txt": b"5 < 7, and a <b> b\n",
    "photo.png": picture("PNG"),
    "photo.jpg": picture("JPEG"),
    "photo.jpeg": picture("JPEG", progressive=True),
    "photo.webp": picture("WEBP"),
    "PHOTO.JPG": picture("JPEG"),
    "Concept note 09.12": pdf(),
}
