"""Rates one PI from the command line, to try a rule out or to check a rating by hand."""

import re

from django.core.management.base import BaseCommand, CommandError

from scorecard.models import RATING_LABELS, Framework, Indicator
from scorecard.rating import Rating, missing_for, share, standing_of
from scorecard.statements import percent_text

_MEASURE = re.compile(r"(?P<key>[^=]+)=(?P<shares>.+)")
_SHARE = re.compile(r"(-?[0-9]{1,9})/(-?[0-9]{1,9})")


class Command(BaseCommand):
    help = "Rate a PI from the criteria that are met, and say what the next level still asks for."

    def add_arguments(self, parser):
        parser.add_argument("code", help="the PI, for example 1.3")
        parser.add_argument(
            "criteria", nargs="*", help="what is met: keys of criteria, or letters that name one"
        )
        parser.add_argument(
            "--framework", default="unct-swap-2018", help="the edition (default: %(default)s)"
        )
        parser.add_argument(
            "--measure",
            nargs="+",
            action="extend",
            default=[],
            metavar="KEY=N/D[,N/D...]",
            help="a measure's parts, for example gender-sensitive-indicators=15/16,15/29,8/33",
        )

    def handle(self, *, code, criteria, framework, measure, **options):
        indicator = _indicator(_framework(framework), code)
        entries = _entries(indicator, measure)
        shares = {key: _share(key, rows) for key, rows in entries.items()}
        standing = standing_of(
            ticked=[_criterion_key(indicator, word) for word in criteria],
            refused=(),
            shares=shares,
            rules=indicator.rules,
            criteria=indicator.criterion_rules,
        )
        lines = [
            f"PI {indicator}",
            f"{indicator.dimension.framework}, revision {indicator.dimension.framework.revision}",
            "",
            f"Rating: {_level(indicator, standing.rating)}",
            *_basis(indicator, standing.met, entries, shares),
            *_lacking(indicator, standing),
            f"Best still reachable: {RATING_LABELS[standing.best_reachable]}",
        ]
        self.stdout.write("\n".join(lines))


def _refused(sentence):
    return CommandError(sentence, returncode=2)


def _framework(code):
    try:
        return Framework.objects.latest_of(code)
    except Framework.DoesNotExist as unknown:
        loaded = sorted(set(Framework.objects.values_list("code", flat=True)))
        raise _refused(
            f"The edition {code!r} is not loaded; loaded: {', '.join(loaded) or 'none'}. "
            "Load it with load_framework FILE."
        ) from unknown


def _indicator(framework, code):
    indicators = Indicator.objects.of_framework(framework).with_rules()
    indicators = {row.code: row for row in indicators.select_related("dimension__framework")}
    if code not in indicators:
        raise _refused(f"{framework.code} has no PI {code!r}; it has {', '.join(indicators)}.")
    return indicators[code]


def _criterion_key(indicator, word):
    """Return the key that the word names: a key, or a letter that stands for one criterion."""
    criteria = {row.key: row for row in indicator.criteria.all()}
    of_letter = [key for key, row in criteria.items() if row.letter and row.letter == word]
    if word not in criteria and len(of_letter) > 1:
        raise _refused(
            f"PI {indicator.code}: ({word}) stands for {' and '.join(of_letter)}; name one."
        )
    key = word if word in criteria else of_letter[0] if of_letter else None
    if key is None:
        raise _refused(
            f"PI {indicator.code} has no criterion {word!r}; it has {', '.join(criteria)}."
        )
    if measure := criteria[key].measure:
        raise _refused(
            f"PI {indicator.code}: the measure {measure.key} decides {key}, not a tick. "
            f"Give --measure {measure.key}=NUMERATOR/DENOMINATOR."
        )
    return key


def _entries(indicator, measures):
    """Return the entered parts by measure key: {"senior-members": [(3, 8)]}."""
    known = [measure.key for measure in indicator.measures.all()]
    entries = {}
    for text in measures:
        match = _MEASURE.fullmatch(text)
        parts = [_SHARE.fullmatch(part) for part in match["shares"].split(",")] if match else []
        if not parts or None in parts:
            raise _refused(f"{text!r}: write KEY=NUMERATOR/DENOMINATOR, for example k=15/16,15/29.")
        if match["key"] not in known:
            raise _refused(
                f"PI {indicator.code} has no measure {match['key']!r}; "
                f"it has {', '.join(known) or 'none'}."
            )
        rows = entries.setdefault(match["key"], [])
        rows.extend((int(part[1]), int(part[2])) for part in parts)
    return entries


def _share(key, rows):
    try:
        return share(rows)
    except ValueError as impossible:
        raise _refused(f"{key}: {impossible}") from impossible


def _level(indicator, level):
    title = indicator.dimension.framework.level_titles[level]
    return f"{RATING_LABELS[level]} ({title})"


def _basis(indicator, met, entries, shares):
    """Lines with what the rating rests on: shares first, then the criteria that are met."""
    lines = [f"  {key}: {_share_text(rows, shares[key])}" for key, rows in entries.items()]
    lines += _criterion_lines(indicator, met, "  ")
    return ["", "It rests on:", *(lines or ["  nothing; no criterion is met"])]


def _share_text(rows, value):
    counted = [row for row in rows if row[1]] or rows  # as share() counts
    numerator, denominator = (sum(numbers) for numbers in zip(*counted, strict=True))
    decides = "decides nothing" if value is None else percent_text(value)
    return f"{numerator} of {denominator} ({decides})"


def _lacking(indicator, standing):
    if standing.rating == Rating.EXCEEDS:
        return [""]
    level = Rating(standing.rating + 1)
    sets = missing_for(level, standing.met, indicator.rules, indicator.criterion_rules)
    lines = ["", f"For {RATING_LABELS[level]} it lacks" + (", either:" if len(sets) > 1 else ":")]
    for number, keys in enumerate(sets):
        lines += ["  or:"] if number else []
        lines += _criterion_lines(indicator, keys, "    " if len(sets) > 1 else "  ")
    return [*lines, ""]


def _criterion_lines(indicator, keys, indent):
    return [f"{indent}{row.key}: {row.text}" for row in indicator.criteria.all() if row.key in keys]
