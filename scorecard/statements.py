"""The words of a level, made from its rule: what the report prints and the workspace asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from scorecard.models import RATING_LABELS, Criterion, Indicator, LevelRule
from scorecard.rating import Rating

_NUMBER_WORDS = {
    1: pgettext_lazy("number of criteria", "one"),
    2: pgettext_lazy("number of criteria", "two"),
    3: pgettext_lazy("number of criteria", "three"),
    4: pgettext_lazy("number of criteria", "four"),
    5: pgettext_lazy("number of criteria", "five"),
}

# What tells two criteria of one letter apart, as the keys of the framework files have it.
_WHICH = {
    "some": pgettext_lazy("which of two criteria", "some"),
    "half": pgettext_lazy("which of two criteria", "half"),
    "majority": pgettext_lazy("which of two criteria", "majority"),
    "most": pgettext_lazy("which of two criteria", "most"),
    "all": pgettext_lazy("which of two criteria", "all"),
    "consistent": pgettext_lazy("which of two criteria", "consistent"),
    "one": pgettext_lazy("which of two criteria", "one"),
    "two": pgettext_lazy("which of two criteria", "two"),
}


@dataclass(frozen=True, kw_only=True)
class LevelText:
    """One level of an indicator for a page: what it asks for, and of which criteria.

    introduction: "Meets two of the following:"; "" where one criterion says it all.
    """

    rating: Rating
    introduction: str
    criteria: list[Criterion]
    is_unverified: bool


@dataclass(frozen=True, kw_only=True)
class CriterionText:
    """One criterion for a page: the levels that name it, the weaker criteria that it proves."""

    criterion: Criterion
    levels: list[Rating]
    proves: list[Criterion]


def level_statement(indicator: Indicator, level: Rating) -> str:
    """Return what a level asks for, as one sentence or list.

    Examples: "Meets two of the following: (a) .... (b) ....", "Meets minimum requirements AND
    (d) ....", "CCA or equivalent includes: (a) ...; AND (b) ....". MISSING has no rule of its own.
    """
    if level == Rating.MISSING:
        return _("Does not reach what %(level)s asks for.") % {
            "level": RATING_LABELS[Rating.APPROACHES].upper()
        }
    rule = {row.rating: row for row in indicator.level_rules.all()}[level]
    criteria = _in_order(rule)
    texts = [str(criterion).removesuffix(".") for criterion in criteria]
    if rule.at_least == len(criteria) == 2:
        asked = ""
        listed = _("%(first)s; AND %(second)s.") % {"first": texts[0], "second": texts[1]}
    else:
        asked = _asked(rule, criteria)
        listed = " ".join(f"{text}." for text in texts)
    introduction = _introduction(indicator, rule, asked)
    return f"{introduction} {listed}" if introduction else listed


def level_texts(indicator: Indicator) -> list[LevelText]:
    """Return the levels above MISSING, lowest first."""
    return [
        LevelText(
            rating=Rating(rule.rating),
            introduction=_introduction(indicator, rule, _asked(rule, _in_order(rule))),
            criteria=_in_order(rule),
            is_unverified=rule.is_unverified,
        )
        for rule in indicator.level_rules.all()
    ]


def criterion_texts(indicator: Indicator) -> list[CriterionText]:
    """Return the criteria in the order of the guidance."""
    levels = {level: rule.codes for level, rule in indicator.rules.items()}
    return [
        CriterionText(
            criterion=criterion,
            levels=[level for level, codes in levels.items() if criterion.key in codes],
            proves=list(criterion.implies.all()),
        )
        for criterion in indicator.criteria.all()
    ]


def _in_order(rule: LevelRule) -> list[Criterion]:
    return sorted(rule.criteria.all(), key=lambda criterion: criterion.position)


def _asked(rule: LevelRule, criteria: list[Criterion]) -> str:
    """Say how many of the criteria a level asks for; "" for a single one."""
    if len(criteria) == 1:
        return ""
    if rule.at_least == len(criteria):
        return _("Meets all of the following:")
    return _("Meets %(number)s of the following:") % {
        "number": _NUMBER_WORDS.get(rule.at_least, rule.at_least)
    }


def _introduction(indicator: Indicator, rule: LevelRule, asked: str) -> str:
    if rule.includes:
        lower = _("%(level)s minimum requirements AND") % {"level": RATING_LABELS[rule.includes]}
        return f"{lower} {asked[0].lower()}{asked[1:]}" if asked else lower
    return indicator.lead or asked


def level_summary(indicator: Indicator, level: Rating) -> str:
    """Return what a level asks for in short: "two of (a), (b), (c)", or "Meets, and (d)"."""
    rule = {row.rating: row for row in indicator.level_rules.all()}[level]
    names = [short_name(criterion) for criterion in _in_order(rule)]
    asked = _any_of(rule.at_least, names)
    if rule.includes is None:
        return asked
    return _("%(level)s, and %(asked)s") % {"level": RATING_LABELS[rule.includes], "asked": asked}


def missing_sentence(sets: Iterable[frozenset[str]], criteria: Iterable[Criterion]) -> str:
    """Return the sets that missing_for named as words; "" for none.

    Examples: "(a) or (c)"; "(a) and (b), or (c)"; "two of (a), (b), (c)" where any two will do.
    """
    sets = list(sets)
    names = {criterion.key: short_name(criterion) for criterion in criteria}
    choice = [key for key in names if any(key in keys for keys in sets)]
    size = len(sets[0]) if sets else 0
    if len(choice) > 2 and sorted(map(sorted, sets)) == sorted(
        map(sorted, combinations(choice, size))
    ):
        return _any_of(size, [names[key] for key in choice])
    groups = [_(" and ").join(names[key] for key in choice if key in keys) for keys in sets]
    is_single = all(len(keys) == 1 for keys in sets)
    return (_(" or ") if is_single else _(", or ")).join(groups)


def _any_of(number: int, names: list[str]) -> str:
    """Say "two of (a), (b), (c)", or "(a) and (b)" where all are meant."""
    if number == len(names) <= 2:
        return _(" and ").join(names)
    if number == len(names):
        return _("all of %(names)s") % {"names": ", ".join(names)}
    return _("%(number)s of %(names)s") % {
        "number": _NUMBER_WORDS.get(number, number),
        "names": ", ".join(names),
    }


def short_name(criterion: Criterion) -> str:
    """Return "(a)", or the threshold of a criterion without a letter: "at least 33 %".

    Of two criteria of one letter, which ask for less and more, "(a, some)" and "(a, all)".
    """
    if not criterion.letter:
        return threshold_text(criterion)
    which = which_of_letter(criterion)
    return f"({criterion.letter}, {which})" if which else f"({criterion.letter})"


def which_of_letter(criterion: Criterion) -> str:
    """Return "all" for the criterion "a-all"; "" for one that has its letter for itself."""
    word = criterion.key.partition("-")[2]
    return str(_WHICH.get(word, word.replace("-", " ")))


def threshold_text(criterion: Criterion) -> str:
    """Return from which share a measure decides the criterion: "at least 33 %"."""
    if criterion.more_than_percent is not None:
        return _("more than %(percent)s %%") % {"percent": _plain(criterion.more_than_percent)}
    return _("at least %(percent)s %%") % {"percent": _plain(criterion.at_least_percent)}


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def percent_text(share: Fraction) -> str:
    """Return a share of 0..1 as "48.7 %".

    More decimals where one would round to a whole number that the share does not have: 32.99 %
    must not read as the 33.0 % that a level asks for.
    """
    percent, decimals = share * 100, 1
    while percent.denominator != 1 and round(percent, decimals).denominator == 1:
        decimals += 1
    rounded = round(percent, decimals)
    number = Decimal(rounded.numerator) / Decimal(rounded.denominator)
    return _("%(percent)s %%") % {"percent": number_format(number, decimal_pos=decimals)}
