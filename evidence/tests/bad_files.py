"""One row for each way in which an upload is wrong: (file name, content, the sentence)."""

from evidence.filetypes import MAX_BYTES
from evidence.tests.files import (
    MAIN_PARTS,
    ODF,
    OOXML,
    declaring,
    huge_png,
    large_png,
    many_members,
    odf,
    ole,
    ooxml,
    ooxml_members,
    pdf,
    picture,
    zipped,
)

AGAIN = "open it in its program, save it under a new name and upload that."
WEB_CODE = (
    "contains the code of a web page or a drawing (HTML, SVG, XML), which a browser could run: "
    "save it as PDF and upload that."
)
UNPACKS = f"unpacks to more than a document holds: {AGAIN}"
ARCHIVE = "is an archive: unpack it and upload the documents in it."
PASSWORD = "is protected by a password: save it without one and upload that."
WORD_MACROS = "contains macros: save it as .docx, without macros, and upload that."
MORE_THAN_TEXT = "contains more than text: save it as plain text, UTF-8, and upload that."
UNKNOWN = "is of a kind that this site does not know: save it as PDF and upload that."
PROGRAM = "is a program, which is not stored here: upload the document itself."
FILM = "is a film or a sound recording, which is not stored here: add a link to where it is kept."
MEGAPIXELS = "has more than 40 megapixels: save the picture in a smaller size and upload that."
ZEROS = bytes(3 * 1024 * 1024)


def _damaged(kind):
    return f"looks like {kind} but cannot be read: {AGAIN}"


def _really(kind, extension):
    return f"is really {kind}: rename it so that it ends in .{extension} and upload that."


def _other(kind, extension):
    return f"is {kind}: save it as .{extension} and upload that."


DOCX = ooxml("docx")
BOMB = ooxml("docx", extra={"word/media/image1.bmp": ZEROS})
DOCM = "application/vnd.ms-word.document.macroEnabled.main+xml"
BINARY = bytes(range(256)) * 20
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
)
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"

LEADING_AWAY = ["../../etc/passwd", "/etc/passwd", "C:/boot.ini", "word\\document.xml", "a/../b"]
UNTYPED = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b""}

# Empty, too large, cut off
SIZES = [
    ("empty.pdf", b"", "is empty: check the file on your computer and upload it again."),
    (
        "large.pdf",
        pdf() + bytes(MAX_BYTES),
        "is too large, 25.0\xa0MB where 25 MB is the limit: upload a smaller file, or add a link "
        "to where it is kept.",
    ),
    ("cut.pdf", pdf()[:-7], _damaged("a PDF")),
    ("cut.docx", DOCX[: len(DOCX) // 2], _damaged("an Office document")),
    ("cut.png", picture("PNG")[:80], _damaged("a PNG picture")),
    ("cut.jpg", picture("JPEG", (900, 900))[:2000], _damaged("a JPEG picture")),
    ("cut.webp", picture("WEBP", (900, 900))[:-50], _damaged("a WebP picture")),
    ("head.png", b"\x89PNG\r\n\x1a\n", _damaged("a PNG picture")),
    ("head.docx", b"PK\x03\x04", _damaged("an Office document")),
]
# Not what the name says
RENAMED = [
    ("plan.docx", pdf(), _really("a PDF", "pdf")),
    ("plan.pdf.html", pdf(), _really("a PDF", "pdf")),
    ("plan.pdf", DOCX, _really("a Word document", "docx")),
    ("plan.docx", ooxml("xlsx"), _really("an Excel workbook", "xlsx")),
    ("plan.odt", odf("ods"), _really("an OpenDocument spreadsheet", "ods")),
    ("photo.png", picture("JPEG"), _really("a JPEG picture", "jpg")),
    ("photo.jpg", picture("WEBP"), _really("a WebP picture", "webp")),
    ("page.html", b"Only words.", _really("a plain text", "txt")),
    ("data.docx", b"a;b\n1;2\n", _really("a plain text", "txt")),
    ("report\u202efdp.exe", pdf(), _really("a PDF", "pdf")),
]
# Old, foreign and template formats
FORMATS = [
    ("old.doc", ole("WordDocument"), _other("an old Word document (.doc)", "docx")),
    ("old.docx", ole("WordDocument"), _other("an old Word document (.doc)", "docx")),
    ("old.xls", ole("Workbook"), _other("an old Excel workbook (.xls)", "xlsx")),
    ("old.xls", ole("Book"), _other("an old Excel workbook (.xls)", "xlsx")),
    (
        "old.ppt",
        ole("PowerPoint Document"),
        _other("an old PowerPoint presentation (.ppt)", "pptx"),
    ),
    ("mail.msg", ole("__properties"), _other("a document of an old Office program", "pdf")),
    ("head.doc", ole("WordDocument")[:20], _other("a document of an old Office program", "pdf")),
    ("text.rtf", b"{\\rtf1 A plan}", _other("a rich text (.rtf)", "docx")),
    (
        "template.docx",
        ooxml("docx", content_type=f"{OOXML}wordprocessingml.template.main+xml"),
        _other("a Word template", "docx"),
    ),
    (
        "show.pptx",
        ooxml("pptx", content_type=f"{OOXML}presentationml.slideshow.main+xml"),
        _other("a PowerPoint show (.ppsx)", "pptx"),
    ),
    (
        "binary.xlsx",
        ooxml("xlsx", content_type="application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
        _other("a binary Excel workbook (.xlsb)", "xlsx"),
    ),
    (
        "template.odt",
        odf("odt", mimetype=f"{ODF}text-template"),
        _other("an OpenDocument file of another kind", "odt"),
    ),
    (
        "drawing.odt",
        odf("odt", mimetype=f"{ODF}graphics"),
        _other("an OpenDocument file of another kind", "pdf"),
    ),
    ("moving.gif", picture("GIF"), _other("a GIF picture", "png")),
    ("scan.tiff", picture("TIFF"), _other("a TIFF picture", "pdf")),
    ("scan.jpg", picture("TIFF"), _other("a TIFF picture", "pdf")),
    ("picture.bmp", picture("BMP"), _other("a BMP picture", "png")),
    ("photo.heic", b"\0\0\0\x18ftypheic" + BINARY, _other("a HEIC or AVIF picture", "jpg")),
    ("drawing.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n", _other("a PostScript file", "pdf")),
    ("drawing.eps", b"\xc5\xd0\xd3\xc6" + BINARY, _other("a PostScript file", "pdf")),
    ("plan.zip", zipped({"plan.pdf": pdf()}), ARCHIVE),
    ("plan.docx", zipped({"plan.pdf": pdf()}), ARCHIVE),
    ("nothing.zip", zipped({}), ARCHIVE),
    ("book.epub", zipped({"mimetype": b"application/epub+zip"}), ARCHIVE),
    ("plan.rar", b"Rar!\x1a\x07" + BINARY, ARCHIVE),
    ("plan.7z", b"7z\xbc\xaf\x27\x1c" + BINARY, ARCHIVE),
    ("plan.gz", b"\x1f\x8b" + BINARY, ARCHIVE),
    ("film.mp4", b"\0\0\0\x18ftypmp42" + BINARY, FILM),
    ("sound.wav", b"RIFF\0\0\0\0WAVE" + BINARY, FILM),
    ("setup.exe", b"MZ" + BINARY, PROGRAM),
    ("setup.pdf", b"\x7fELF" + BINARY, PROGRAM),
    ("data.bin", BINARY, UNKNOWN),
    ("plan.pdf", b"\x00\x01" + pdf(), UNKNOWN),
]
# Office files that hide something
OFFICE = [
    ("macro.docx", ooxml("docx", extra={"word/vbaProject.bin": b"x"}), WORD_MACROS),
    ("macro.docm", ooxml("docx", content_type=DOCM), WORD_MACROS),
    ("macro.docx", ooxml("docx", content_type=DOCM), WORD_MACROS),
    (
        "macro.xlsx",
        ooxml("xlsx", extra={"xl/macrosheets/sheet1.xml": b"x"}),
        "contains macros: save it as .xlsx, without macros, and upload that.",
    ),
    (
        "macro.ods",
        odf("ods", extra={"Basic/Standard/Module1.xml": b"x"}),
        "contains macros: save it as .ods, without macros, and upload that.",
    ),
    ("secret.docx", ole("EncryptedPackage"), PASSWORD),
    ("secret.docx", zipped(ooxml_members("docx"), flags=1), PASSWORD),
    ("secret.odt", odf("odt", manifest=b"<manifest:encryption-data/>"), PASSWORD),
    ("bomb.docx", BOMB, UNPACKS),
    ("bombs.docx", declaring(many_members(600), size=1024 * 1024), UNPACKS),
    ("many.docx", many_members(5_001), UNPACKS),
    ("very-many.docx", many_members(40_000), UNPACKS),
    (
        "types.docx",
        zipped(ooxml_members("docx") | {"[Content_Types].xml": ZEROS}),
        UNPACKS,
    ),
    *[
        ("away.docx", ooxml("docx", extra={name: b"x"}), _damaged("an Office document"))
        for name in LEADING_AWAY
    ],
    (
        "twice.docx",
        zipped([*ooxml_members("docx").items(), ("WORD/document.xml", b"other")]),
        _damaged("an Office document"),
    ),
    (
        "entity.docx",
        ooxml("docx", doctype='<!DOCTYPE a [<!ENTITY b "c">]>'),
        _damaged("an Office document"),
    ),
    (
        "wide.docx",
        zipped({"[Content_Types].xml": "<Types/>".encode("utf-16"), "word/document.xml": b""}),
        _damaged("an Office document"),
    ),
    ("untyped.docx", zipped(UNTYPED), ARCHIVE),
    (
        "absent.docx",
        zipped({name: text for name, text in ooxml_members("docx").items() if "rels" not in name
                and name != "word/document.xml"} | {"word/styles.xml": b""}),
        _damaged("a Word document"),
    ),
    (
        "elsewhere.docx",
        ooxml("xlsx", content_type=MAIN_PARTS["docx"][1]),
        _damaged("a Word document"),
    ),
    ("bare.odt", zipped({"mimetype": f"{ODF}text".encode()}), _damaged("an Office document")),
]  # fmt: skip
# What a browser could run, or a picture that fills the memory
ACTIVE = [
    ("page.html", HTML, WEB_CODE),
    ("page.txt", HTML, WEB_CODE),
    ("page.csv", b"\r\n\t <ScRiPt>alert(1)</script>", WEB_CODE),
    ("page.txt", b"\xef\xbb\xbf<html>", WEB_CODE),
    ("page.txt", "<html>".encode("utf-16"), WEB_CODE),
    ("page.txt", b"Dear all,\n<script src=//x></script>", WEB_CODE),
    ("page.txt", b"<!-- a comment first -->", WEB_CODE),
    ("drawing.svg", SVG, WEB_CODE),
    ("drawing.png", SVG, WEB_CODE),
    ("drawing.jpg", b"<svg onload=alert(1)>", WEB_CODE),
    ("data.xml", b"<?xml version='1.0'?><a/>", WEB_CODE),
    ("bomb.png", huge_png(), MEGAPIXELS),
    ("large.png", large_png(), MEGAPIXELS),
]
# Text that is none
TEXTS = [
    ("data.csv", BINARY, MORE_THAN_TEXT),
    ("nul.txt", b"Plan\0\n", MORE_THAN_TEXT),
    ("escape.txt", b"\x1b[2J\n", MORE_THAN_TEXT),
    ("wide.txt", "Plan".encode("utf-16-le"), MORE_THAN_TEXT),
    ("late.txt", b"x" * 200_000 + b"\0", MORE_THAN_TEXT),
    ("odd.txt", b"\xff\xfea", MORE_THAN_TEXT),
]
BAD = [*SIZES, *RENAMED, *FORMATS, *OFFICE, *ACTIVE, *TEXTS]
IDS = [
    f"{number}-{name.encode('ascii', 'replace').decode()}" for number, (name, *_) in enumerate(BAD)
]
