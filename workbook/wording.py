"""What people write in cells, understood: ratings, answers, PIs, years, numbers. Without Django.

What is not understood raises NotUnderstood; nothing is guessed. The words of the language that
a workbook was made in come as arguments, English is always understood.
"""

import math
import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from decimal import Decimal, InvalidOperation

from scorecard.rating import Rating
from workbook.grid import Cell


class NotUnderstood(Exception):
    """The cell says something, but not what stands in this column."""


class IsDate(NotUnderstood):
    """A spreadsheet took what was typed, 2.2 for example, for a date."""


_MARKS = re.compile(r"^[^\w(/?✓✔✗✘☑☒]+|[^\w)?✓✔✗✘☑☒]+$")
# "B. Approaches", "(c) Meets": the letter of a list before the word.
_LIST_LETTER = re.compile(r"^\(?[a-d][.):]\s*|^[a-d]\s*[-–—]\s+")
_RATING = re.compile(
    r"^(?P<level>miss(?:ing|es|ed)|approach(?:es|ing|ed)?|meet(?:s|ing)?|exceed(?:s|ing|ed)?)"
    r"(?: (?:the )?(?:minimum )?(?:requirements?|standards?))?$"
)
_LEVELS = {
    "miss": Rating.MISSING,
    "appr": Rating.APPROACHES,
    "meet": Rating.MEETS,
    "exce": Rating.EXCEEDS,
}
_NO_RATING = {
    "", "n/a", "na", "none", "not rated", "not yet agreed", "not yet rated", "not assessed",
}  # fmt: skip
_ANSWERS = {
    **dict.fromkeys(["met", "yes", "y", "x", "true", "✓", "✔", "☑"], True),
    **dict.fromkeys(["not met", "no", "n", "false", "✗", "✘", "☒"], False),
    **dict.fromkeys(["", "not decided", "undecided", "?"], None),
}
_CODE = re.compile(r"^(?:(?:pi|indicator|performance indicator)[ .:]*)?(\d{1,2}\.\d{1,2})(?!\d)")
_DAYS = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%B %d, %Y")
MAX_AMOUNT = Decimal(10) ** 12
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def plain(text: str) -> str:
    """Return the text as it is compared: one space between words, no capitals, no marks around.

    "  B.\xa0APPROACHES * " becomes "b. approaches".
    """
    text = unicodedata.normalize("NFKC", text)
    return _MARKS.sub("", " ".join(text.split())).casefold()


def letters(text: str) -> str:
    """Return the letters and digits alone: "unwomen" for "UN Women", "UN-Women", "UNWOMEN"."""
    return re.sub(r"[\W_]", "", plain(text))


def rating_of(cell: Cell, words: Mapping[str, Rating | None]) -> Rating | None:
    """Return the rating; None where the cell says that there is none.

    words: further ways to write a level, for example the framework's own titles.
    """
    text = plain(cell.text)
    known = {plain(word): level for word, level in words.items()}
    for wording in (text, _LIST_LETTER.sub("", text)):
        if wording in known:
            return known[wording]
        if wording in _NO_RATING:
            return None
        if found := _RATING.match(wording):
            return _LEVELS[found["level"][:4]]
    raise NotUnderstood


def answer_of(cell: Cell, words: Mapping[str, bool | None]) -> bool | None:
    """Return whether a criterion is met; None where that is not decided."""
    text = plain(cell.text)
    known = _ANSWERS | {plain(word): answer for word, answer in words.items()}
    if text not in known:
        raise NotUnderstood
    return known[text]


def code_of(cell: Cell) -> str:
    """Return the code of a PI: "2.2" for "PI 2.2 Communication" and for 2.2000000000000002."""
    if cell.kind == "d":
        raise IsDate
    if cell.kind == "n":
        number = float(cell.text)
        text = f"{number:.10g}"
        text = f"{text}.0" if number.is_integer() else text
    else:
        text = plain(cell.text).replace(",", ".")
        if re.fullmatch(r"\d+\.\d{5,}", text):
            text = f"{float(text):.10g}"
    found = _CODE.match(text)
    if not found:
        raise NotUnderstood
    return found[1]


def year_of(cell: Cell) -> int:
    """Return the one year that a cell names: "2021", "Year 3 (2021)", a day in 2021."""
    years = set(_YEAR.findall(cell.text))
    if len(years) != 1:
        raise NotUnderstood
    return int(years.pop())


def count_of(cell: Cell) -> int | None:
    """Return a whole number, 0 or more; None for an empty cell."""
    text = "".join(cell.text.split())
    if not text:
        return None
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", text):
        text = text.replace(",", "")
    try:
        number = float(text)
    except ValueError:
        raise NotUnderstood from None
    if not math.isfinite(number) or number < 0 or not math.isclose(number, round(number)):
        raise NotUnderstood
    return round(number)


def day_of(cell: Cell) -> str:
    """Return a day as 2026-12-31; "" for an empty cell.

    03/04/2026 is refused: nobody knows which of the numbers is the month.
    """
    text = " ".join(cell.text.split())
    if not text:
        return ""
    for form in _DAYS:
        with suppress(ValueError):
            return datetime.strptime(text, form).date().isoformat()
    raise NotUnderstood


def amount_of(cell: Cell) -> str:
    """Return an amount of money as 12000 or 12000.5; "" for an empty cell."""
    text = "".join(cell.text.split())
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        text = text.replace(",", "")
    if not text:
        return ""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise NotUnderstood from None
    if not amount.is_finite() or amount < 0 or amount >= MAX_AMOUNT:
        raise NotUnderstood
    return plain_amount(round(amount, 2))


def plain_amount(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def several(text: str) -> list[str]:
    """Return the names in a cell that lists them: "UNDP, UNICEF; FAO" and one a line."""
    return [name for part in re.split(r"[,;/\n]", text) if (name := " ".join(part.split()))]
