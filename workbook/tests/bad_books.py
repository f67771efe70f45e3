"""Files that are no workbook to take in: (name, what makes its content, the sentence).

Made when a test asks for them: all of them take seconds, which every start would pay.
"""

import zipfile
from functools import cache
from io import BytesIO

from evidence.tests.files import ODF_TYPES, odf, ole, ooxml, pdf
from workbook.archive import MAX_BYTES
from workbook.tests.books import saved, workbook_of

AGAIN = "open it in its program, save it under a new name and upload that."
COPY = "copy the cells that count into a new workbook and upload that."
DAMAGED = f"looks like an Excel workbook but cannot be read: {AGAIN}"
UNPACKS = f"unpacks to more than a workbook of this kind holds: {COPY}"
OUTSIDE = (
    "refers to things outside itself (a document type or entities), which no spreadsheet program "
    "writes: save it anew as .xlsx and upload that."
)
SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = b"</sheetData></worksheet>"
LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
OUTER = b'<!DOCTYPE x SYSTEM "file:///etc/passwd">'


@cache
def sound():
    return saved(workbook_of(["PI", "Item"], ["2.2", "Agreed rating"]))


def with_parts(parts):
    """A sound workbook with these parts in place of its own, or beside them."""
    source, target = zipfile.ZipFile(BytesIO(sound())), BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            archive.writestr(name, parts.get(name, source.read(name)))
        for name in parts.keys() - set(source.namelist()):
            archive.writestr(name, parts[name])
    return target.getvalue()


def sheet(rows):
    return with_parts({SHEET: HEAD + rows + FOOT})


def empty_rows(count):
    return b"".join(b'<row r="%d"/>' % number for number in range(1, count + 1))


def many_strings(count):
    strings = b"<si><t/></si>" * count
    return with_parts({"xl/sharedStrings.xml": b"<sst>" + strings + b"</sst>"})


def encrypted_member():
    changed = bytearray(sound())
    place = changed.find(b"PK\x01\x02")
    changed[place + 8] |= 1
    return bytes(changed)


def with_cells_hidden_behind_a_chart():
    book = workbook_of(["PI", "Year", "Rating"], ["1.1", 2020, "Meets"])
    book.create_chartsheet("Chart")
    book.worksheets[0].sheet_state = "hidden"
    return saved(book)


def in_utf_16():
    return with_parts({SHEET: (OUTER + HEAD + FOOT).decode().encode("utf-16")})


BAD_FILES = [
    ("empty.xlsx", lambda: b"", "is empty: check the file on your computer and upload it again."),
    (
        "large.xlsx",
        lambda: sound() + bytes(MAX_BYTES),
        "is too large, 5.0\xa0MB where 5 MB is the limit: take pictures and sheets that are not "
        "needed out of it and upload it again.",
    ),
    (
        "renamed.xlsx",
        pdf,
        "is a PDF, not an Excel workbook: upload the workbook (.xlsx).",
    ),
    (
        "letter.xlsx",
        lambda: ooxml("docx"),
        "is a Word document, not an Excel workbook: upload the workbook (.xlsx).",
    ),
    (
        "table.xlsx",
        lambda: b"PI;Rating\n2.2;Meets\n",
        "is a plain text, not an Excel workbook: upload the workbook (.xlsx).",
    ),
    (
        "old.xls",
        lambda: ole("Workbook"),
        "is an old Excel workbook (.xls): save it as an Excel workbook (.xlsx) and upload that.",
    ),
    (
        "libre.ods",
        lambda: odf("ods", mimetype=ODF_TYPES["ods"]),
        "is an OpenDocument spreadsheet: save it as an Excel workbook (.xlsx) and upload that.",
    ),
    (
        "locked.xlsx",
        lambda: ole("EncryptedPackage"),
        "is protected by a password: save it without one and upload that.",
    ),
    (
        "locked-part.xlsx",
        encrypted_member,
        "is protected by a password: save it without one and upload that.",
    ),
    (
        "macros.xlsx",
        lambda: with_parts({"xl/vbaProject.bin": b"code"}),
        "contains macros: save it as .xlsx, without macros, and upload that.",
    ),
    ("bomb.xlsx", lambda: with_parts({"xl/media/image1.bmp": bytes(3 * 1024 * 1024)}), UNPACKS),
    ("wide-bomb.xlsx", lambda: sheet(b"<row>" + b" " * 60_000_000 + b"</row>"), UNPACKS),
    ("strings.xlsx", lambda: many_strings(100_000), UNPACKS),
    ("parts.xlsx", lambda: with_parts({f"xl/media/{n}.png": b"" for n in range(600)}), UNPACKS),
    ("laughs.xlsx", lambda: with_parts({SHEET: LAUGHS + HEAD + FOOT}), OUTSIDE),
    ("outer.xlsx", lambda: with_parts({SHEET: OUTER + HEAD + FOOT}), OUTSIDE),
    (
        "wide-chars.xlsx",
        in_utf_16,
        DAMAGED,
    ),
    ("cut.xlsx", lambda: sound()[: len(sound()) // 2], DAMAGED),
    ("broken.xlsx", lambda: sheet(b"<row><c"), DAMAGED),
    ("strange.xlsx", lambda: sheet(b'<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), DAMAGED),
    ("away.xlsx", lambda: with_parts({"../../etc/passwd": b"x"}), DAMAGED),
    (
        "rows.xlsx",
        lambda: sheet(empty_rows(1_000_000)),
        "has 1000000 rows in the sheet “sheet1.xml”, the limit is 2000: delete the rows below the "
        "last one that you use and upload it again.",
    ),
    (
        "far.xlsx",
        lambda: sheet(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        "has 1048576 rows in the sheet “Sheet”, the limit is 2000: delete the rows below the last "
        "one that you use and upload it again.",
    ),
    (
        "charts.xlsx",
        with_cells_hidden_behind_a_chart,
        "shows no sheet with cells, only charts or hidden sheets: make the sheet with the table "
        "visible (right-click on a tab, then “Unhide”) and upload it again.",
    ),
    (
        "foreign.xlsx",
        sound,
        "is not a scoring workbook of this site, or its hidden sheet is gone: download the "
        "workbook here and copy your texts into it.",
    ),
]
