"""What the checks found, put in order for a page: what blocks, then warnings by kind or by PI."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from accounts.access_table import UNTIL_CONSOLIDATED, WHILE_CHOOSING
from assessments.models import IndicatorRating
from assessments.overview import Overview
from report.checks.check import Check, Kind, Severity
from report.checks.table import ASKED_BY_THE_MOVE, checks_of


@dataclass(frozen=True, kw_only=True)
class Group:
    """The warnings on one PI; rating is None for those on the assessment as a whole."""

    rating: IndicatorRating | None
    checks: list[Check]


@dataclass(frozen=True, kw_only=True)
class Found:
    """is_open: whether any of it can still be mended without reopening the assessment.

    is_early: what is found is only still to come, for the year is still being chosen or scored.
    """

    blocking: list[Check]
    warnings: list[Check]
    by_indicator: list[Group]
    is_open: bool
    is_early: bool

    @classmethod
    def of(cls, overview: Overview, *, may_mend: bool) -> "Found":
        """may_mend: whether the reader may open the fields to which the sentences lead."""
        checks = checks_of(overview)
        if not may_mend:
            checks = [check.for_reader for check in checks]
        return cls.told(checks, overview)

    @classmethod
    def told(cls, checks: list[Check], overview: Overview) -> "Found":
        """checks: as checks_of gave them, whenever that was."""
        blocking = [check for check in checks if check.severity == Severity.BLOCKS]
        warnings = checks[len(blocking) :]
        return cls(
            blocking=blocking,
            warnings=warnings,
            by_indicator=list(_by_indicator(warnings, overview)),
            is_open=overview.assessment.state in UNTIL_CONSOLIDATED,
            is_early=overview.assessment.state in WHILE_CHOOSING,
        )

    @property
    def beside_the_move(self) -> "Found":
        """The same for a page that lists what the request itself asks for."""
        blocking = [check for check in self.blocking if check.key not in ASKED_BY_THE_MOVE]
        return replace(self, blocking=blocking)

    @property
    def is_nothing(self) -> bool:
        return not (self.blocking or self.warnings)

    @property
    def by_kind(self) -> list[tuple[Kind, list[Check]]]:
        """The warnings of each kind, in the order in which the kinds are listed."""
        kinds = defaultdict(list)
        for check in self.warnings:
            kinds[check.key].append(check)
        return [(kind, kinds[kind]) for kind in Kind if kind in kinds]


def _by_indicator(warnings: Iterable[Check], overview: Overview) -> Iterator[Group]:
    ratings = {
        cell.rating.indicator.code: cell.rating for band in overview.bands for cell in band.cells
    }
    for code, checks in groupby(warnings, key=lambda check: check.code):
        yield Group(rating=ratings.get(code), checks=list(checks))
