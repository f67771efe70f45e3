"""Pictures: whole, and not larger than a picture is. Without Django.

Nothing is decoded at full size: 40 megapixels would be 160 MB of memory for each upload.
"""

import struct
import zlib
from typing import BinaryIO

from PIL import Image

from evidence.reasons import FileRefused, Reason

MAX_PIXELS = 40_000_000
# Only these: of Pillow's other formats, EPS would be handed to Ghostscript.
FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
CHUNK = 64 * 1024
_JPEG_DATA = b"\xda"
_JPEG_END = b"\xff\xd9"
# What Pillow raises on a picture that is cut off or was made to hurt.
_FAULTS = (
    OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError, KeyError, OverflowError,
    struct.error, zlib.error,
)  # fmt: skip


def check_picture(stream: BinaryIO, extension: str, *, size: int):
    """Raise FileRefused unless this is a whole picture of at most MAX_PIXELS."""
    try:
        _check_pixels(stream, extension)
        _check_whole(stream, extension, size)
    except Image.DecompressionBombError as fault:
        raise FileRefused(Reason.PICTURE_TOO_LARGE, megapixels=None) from fault
    except _FAULTS as fault:
        raise FileRefused(Reason.DAMAGED, kind=extension) from fault


def _open(stream, extension):
    stream.seek(0)
    return Image.open(stream, formats=[FORMATS[extension]])


def _check_pixels(stream, extension):
    image = _open(stream, extension)
    pixels = image.width * image.height
    if pixels > MAX_PIXELS:
        raise FileRefused(Reason.PICTURE_TOO_LARGE, megapixels=round(pixels / 1_000_000))
    image.verify()


def _check_whole(stream, extension, size):
    """Look for the end; PNG has been read to it by verify().

    Not by decoding: other code in this process may have told Pillow to put up with less.
    """
    if extension == "jpg" and not _jpeg_ends(stream):
        raise EOFError("The picture is cut off.")
    if extension == "webp":
        stream.seek(4)
        (announced,) = struct.unpack("<L", stream.read(4))
        if announced + 8 > size:
            raise EOFError("The picture is cut off.")


def _jpeg_ends(stream):
    """Whether the picture comes to its end mark. Phones may put a film behind it.

    The mark also ends the small preview in the head, so the search begins behind the head.
    """
    stream.seek(2)
    while (mark := stream.read(4))[1:2] != _JPEG_DATA:
        if len(mark) < 4 or mark[0] != 0xFF:
            return False
        stream.seek(int.from_bytes(mark[2:], "big") - 2, 1)
    before = b""
    while part := stream.read(CHUNK):
        if _JPEG_END in before + part:
            return True
        before = part[-1:]
    return False
