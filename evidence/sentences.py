"""Why a file was not stored, in one sentence: what happened, to which file, what to do."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.filetypes import MAX_BYTES
from evidence.pictures import MAX_PIXELS
from evidence.reasons import FileRefused, Reason

SENTENCES = {
    Reason.EMPTY: gettext_lazy(
        "“%(name)s” is empty: check the file on your computer and upload it again."
    ),
    Reason.TOO_LARGE: gettext_lazy(
        "“%(name)s” is too large, %(size)s where %(limit)s is the limit: upload a smaller file, "
        "or add a link to where it is kept."
    ),
    Reason.MISNAMED: gettext_lazy(
        "“%(name)s” is really %(kind)s: rename it so that it ends in .%(extension)s and upload "
        "that."
    ),
    Reason.OTHER_FORMAT: gettext_lazy(
        "“%(name)s” is %(kind)s: save it as .%(save_as)s and upload that."
    ),
    Reason.PASSWORD: gettext_lazy(
        "“%(name)s” is protected by a password: save it without one and upload that."
    ),
    Reason.MACROS: gettext_lazy(
        "“%(name)s” contains macros: save it as .%(save_as)s, without macros, and upload that."
    ),
    Reason.ARCHIVE: gettext_lazy(
        "“%(name)s” is an archive: unpack it and upload the documents in it."
    ),
    Reason.UNPACKS_TOO_LARGE: gettext_lazy(
        "“%(name)s” unpacks to more than a document holds: open it in its program, save it under "
        "a new name and upload that."
    ),
    Reason.DAMAGED: gettext_lazy(
        "“%(name)s” looks like %(kind)s but cannot be read: open it in its program, save it under "
        "a new name and upload that."
    ),
    Reason.ACTIVE: gettext_lazy(
        "“%(name)s” contains the code of a web page or a drawing (HTML, SVG, XML), which a "
        "browser could run: save it as PDF and upload that."
    ),
    Reason.PICTURE_TOO_LARGE: gettext_lazy(
        "“%(name)s” has more than %(limit_megapixels)s megapixels: save the picture in a smaller "
        "size and upload that."
    ),
    Reason.PROGRAM: gettext_lazy(
        "“%(name)s” is a program, which is not stored here: upload the document itself."
    ),
    Reason.RECORDING: gettext_lazy(
        "“%(name)s” is a film or a sound recording, which is not stored here: add a link to "
        "where it is kept."
    ),
    Reason.NOT_TEXT: gettext_lazy(
        "“%(name)s” contains more than text: save it as plain text, UTF-8, and upload that."
    ),
    Reason.UNKNOWN: gettext_lazy(
        "“%(name)s” is of a kind that this site does not know: save it as PDF and upload that."
    ),
}
KINDS = {
    "pdf": gettext_lazy("a PDF"),
    "docx": gettext_lazy("a Word document"),
    "xlsx": gettext_lazy("an Excel workbook"),
    "pptx": gettext_lazy("a PowerPoint presentation"),
    "odt": gettext_lazy("an OpenDocument text"),
    "ods": gettext_lazy("an OpenDocument spreadsheet"),
    "odp": gettext_lazy("an OpenDocument presentation"),
    "txt": gettext_lazy("a plain text"),
    "csv": gettext_lazy("a table in plain text"),
    "png": gettext_lazy("a PNG picture"),
    "jpg": gettext_lazy("a JPEG picture"),
    "webp": gettext_lazy("a WebP picture"),
    "office": gettext_lazy("an Office document"),
    "doc": gettext_lazy("an old Word document (.doc)"),
    "xls": gettext_lazy("an old Excel workbook (.xls)"),
    "ppt": gettext_lazy("an old PowerPoint presentation (.ppt)"),
    "ole": gettext_lazy("a document of an old Office program"),
    "dotx": gettext_lazy("a Word template"),
    "xltx": gettext_lazy("an Excel template"),
    "potx": gettext_lazy("a PowerPoint template"),
    "ppsx": gettext_lazy("a PowerPoint show (.ppsx)"),
    "xlsb": gettext_lazy("a binary Excel workbook (.xlsb)"),
    "odf": gettext_lazy("an OpenDocument file of another kind"),
    "rtf": gettext_lazy("a rich text (.rtf)"),
    "ps": gettext_lazy("a PostScript file"),
    "gif": gettext_lazy("a GIF picture"),
    "tiff": gettext_lazy("a TIFF picture"),
    "bmp": gettext_lazy("a BMP picture"),
    "heic": gettext_lazy("a HEIC or AVIF picture"),
}
NO_FILE = gettext_lazy("No file arrived: choose at least one, then press “Upload”.")


def sentence(refusal: FileRefused, *, name: str) -> str:
    """Put the refusal of the file of this name into words."""
    values = refusal.values
    kind = values.get("kind")
    return SENTENCES[refusal.reason] % {
        "name": name,
        "kind": KINDS.get(kind, ""),
        "extension": kind,
        "save_as": values.get("save_as"),
        "size": filesizeformat(values.get("size", 0)),
        "limit": _("%(number)s MB") % {"number": MAX_BYTES // 1024**2},
        "limit_megapixels": MAX_PIXELS // 1_000_000,
    }
