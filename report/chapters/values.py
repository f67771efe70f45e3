"""Values that every chapter shows alike: a rating, a share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.progress import Tally
from scorecard.models import RATING_LABELS
from scorecard.rating import Rating, share
from scorecard.statements import percent_text

LevelTitles = Mapping[Rating, str]


@dataclass(frozen=True, kw_only=True)
class ShownRating:
    """A rating as every format shows it: number, short word, the framework's full title."""

    value: int
    label: str
    title: str

    @classmethod
    def of(cls, level: int | None, titles: LevelTitles) -> "ShownRating | None":
        """Return None where there is no rating."""
        if level is None:
            return None
        label = str(RATING_LABELS[level])
        return cls(value=int(level), label=label, title=titles.get(level, label))

    @property
    def bars(self) -> int:
        """Filled bars of the rating mark, 0 to 3."""
        return self.value - 1

    @property
    def in_bars(self) -> str:
        """The rating mark where there are only letters to draw it with: "▮▮▯ Meets"."""
        return f"{bars_in_letters(self.value)} {self.label}"

    @property
    def in_full(self) -> "ShownRating":
        """The same rating with the framework's full title as its word."""
        return replace(self, label=self.title)


def bars_in_letters(level: int) -> str:
    return "▮" * (level - 1) + "▯" * (Rating.EXCEEDS - level)


@dataclass(frozen=True, kw_only=True)
class ShownShare:
    """So many of so many; text reads "38 of 78 (48.7 %)", without per cent for 0 of 0."""

    label: str
    numerator: int
    denominator: int
    text: str

    @classmethod
    def of(cls, label: str, entries: Iterable[tuple[int, int]]) -> "ShownShare":
        entries = list(entries)
        numerator, denominator = (sum(numbers) for numbers in zip(*entries, strict=True))
        return cls(
            label=label,
            numerator=numerator,
            denominator=denominator,
            text=_share_text(numerator, denominator, share(entries)),
        )


def _share_text(numerator: int, denominator: int, part: Fraction | None) -> str:
    counted = _("%(numerator)s of %(denominator)s") % {
        "numerator": number_format(numerator, force_grouping=True),
        "denominator": number_format(denominator, force_grouping=True),
    }
    return counted if part is None else f"{counted} ({percent_text(part)})"


def meeting_sentence(tally: Tally) -> str:
    """Return for example "9 of 15 PIs meet or exceed the minimum requirements.\""""
    return ngettext(
        "%(meeting)s of %(total)s PI meets or exceeds the minimum requirements.",
        "%(meeting)s of %(total)s PIs meet or exceed the minimum requirements.",
        tally.total,
    ) % {"meeting": tally.meeting, "total": tally.total}
