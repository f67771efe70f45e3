"""An address as a QR code, drawn as one SVG path: no styles, no picture file."""

from dataclasses import dataclass

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of white that the standard asks for around the code


@dataclass(frozen=True, kw_only=True)
class Code:
    """size: of the square, in modules. path: one little square for each dark module."""

    address: str
    size: int
    path: str

    @classmethod
    def of(cls, address: str) -> "Code":
        code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
        code.add_data(address)
        code.make(fit=True)
        rows = code.get_matrix()
        return cls(address=address, size=len(rows), path="".join(map(_row, range(len(rows)), rows)))


def _row(y: int, row: list[bool]) -> str:
    """Neighbouring dark modules are drawn as one bar, without hairlines between them."""
    drawn, start = "", None
    for x, is_dark in enumerate([*row, False]):
        if is_dark and start is None:
            start = x
        elif not is_dark and start is not None:
            drawn += f"M{start} {y}h{x - start}v1h-{x - start}z"
            start = None
    return drawn
