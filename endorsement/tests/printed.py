"""A printed report, read back: what each of its formats says, page by page."""

import re
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from pypdf import PdfReader


@dataclass(frozen=True, kw_only=True)
class PrintedReport:
    """One report in its three formats, and what can be read from them."""

    html: str
    pdf: bytes
    data: dict

    @cached_property
    def reader(self):
        return PdfReader(BytesIO(self.pdf))

    @cached_property
    def pages(self):
        return list(self.reader.pages)

    @cached_property
    def printed(self) -> list[str]:
        """The text of each page."""
        return [page.extract_text() for page in self.pages]

    @cached_property
    def bodies(self) -> list[str]:
        """The text of each page without running head and page number."""
        return [one_line(_without_running_lines(text)) for text in self.printed]

    @cached_property
    def texts(self) -> dict[str, str]:
        """All that each format says, white space put together."""
        plain = re.sub(r"<[^>]+>", " ", self.html).replace("&amp;", "&").replace("&quot;", '"')
        return {
            "html": one_line(plain),
            "pdf": " ".join(self.bodies),
            "json": one_line(" ".join(_texts_in(self.data))),
        }

    def find_heading(self, heading) -> int:
        """The number of the page, from 1 on, on which the heading stands; contents left out."""
        return next(
            number
            for number, body in enumerate(self.bodies, start=1)
            if number > 2 and one_line(heading) in body
        )


def one_line(text):
    return " ".join(text.split())


def _without_running_lines(text):
    running = ("UNCT-SWAP Gender Equality Scorecard", "UNCT in Kazakhstan 2022")
    return "\n".join(
        line
        for line in text.splitlines()
        if line.strip() not in running and not re.fullmatch(r"\d+ / \d+", line.strip())
    )


def _texts_in(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for item in value for text in _texts_in(item)]
    return [value] if isinstance(value, str) else []
