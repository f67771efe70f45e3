import re

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from endorsement.qr import QUIET, Code

ADDRESS = "https://scorecard.example.org/verify/" + "5f04ddc3" * 8 + "/"
BAR = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def test_the_path_draws_every_dark_module_and_no_other():
    expected = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    expected.add_data(ADDRESS)
    expected.make(fit=True)
    code = Code.of(ADDRESS)
    drawn = [[False] * code.size for _row in range(code.size)]
    for x, y, width, back in (map(int, bar) for bar in BAR.findall(code.path)):
        assert width == back
        drawn[y][x : x + width] = [True] * width
    assert drawn == expected.get_matrix()
    assert BAR.sub("", code.path) == ""
