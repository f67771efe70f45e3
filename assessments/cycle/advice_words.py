"""The adviser's reasons in words: under each PI, and as a draft of the rationale."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.cycle.adviser import Advice, Reason

# How the draft names all PIs that were chosen for one reason.
IN_DRAFT = {
    Reason.IS_MISSING: gettext_lazy("Rated missing minimum requirements so far: %(codes)s."),
    Reason.APPROACHES: gettext_lazy("Rated approaching minimum requirements so far: %(codes)s."),
    Reason.UNRATED: gettext_lazy("Without a recorded rating so far: %(codes)s."),
    Reason.OLD: gettext_lazy("Carried over for more than three years: %(codes)s."),
    Reason.YEAR_UNKNOWN: gettext_lazy("Last assessed in a year that is not recorded: %(codes)s."),
    Reason.NOT_IN_CYCLE: gettext_lazy("Not assessed yet in this Cooperation Framework: %(codes)s."),
    Reason.ACTION_FINISHED: gettext_lazy(
        "Actions were completed since the last assessment: %(codes)s."
    ),
    Reason.EVIDENCE_EXPIRED: gettext_lazy("The evidence covers a period that is over: %(codes)s."),
    Reason.NEW_CYCLE: gettext_lazy(
        "Planning, not assessed under this Cooperation Framework yet: %(codes)s."
    ),
    Reason.PLANNING_IS_SETTLED: gettext_lazy("Chosen by the team: %(codes)s."),
    None: gettext_lazy("Chosen by the team: %(codes)s."),
}


def sentences(advice: Advice) -> list[str]:
    """Return what speaks for a PI, or against it, weightiest first."""
    return [_sentence(reason, advice.facts) for reason in advice.reasons]


def _sentence(reason, facts):
    fixed = {
        Reason.IS_MISSING: _("Rated missing"),
        Reason.APPROACHES: _("Rated approaches"),
        Reason.UNRATED: _("No rating is recorded"),
        Reason.YEAR_UNKNOWN: _("The year of the last assessment is not recorded"),
        Reason.OLD: _("Carried for more than three years, since %(year)s"),
        Reason.NOT_IN_CYCLE: _("Not assessed in this Cooperation Framework"),
        Reason.NEW_CYCLE: _("Planning, not assessed under this Cooperation Framework yet"),
        Reason.PLANNING_IS_SETTLED: _(
            "Planning was assessed in this Cooperation Framework and changes only with a new one"
        ),
        Reason.ACTION_FINISHED: ngettext(
            "%(actions)s action point finished since",
            "%(actions)s action points finished since",
            facts.finished_actions,
        ),
        Reason.EVIDENCE_EXPIRED: ngettext(
            "%(documents)s document covers a period that is over",
            "%(documents)s documents cover a period that is over",
            facts.expired_documents,
        ),
    }
    return fixed[reason] % {
        "year": facts.last_assessed,
        "actions": facts.finished_actions,
        "documents": facts.expired_documents,
    }


def drafted_rationale(chosen: Sequence[Advice]) -> str:
    """Return a paragraph that names each PI once, under its weightiest reason; "" for none."""
    if not chosen:
        return ""
    codes = sorted(advice.facts.code for advice in chosen)
    parts = [
        ngettext(
            "This year the team reassesses %(count)s PI: %(codes)s.",
            "This year the team reassesses %(count)s PIs: %(codes)s.",
            len(codes),
        )
        % {"count": len(codes), "codes": ", ".join(codes)}
    ]
    by_sentence: dict[str, list[str]] = {}
    for advice in chosen:
        words = IN_DRAFT[next(iter(advice.reasons), None)]
        by_sentence.setdefault(str(words), []).append(advice.facts.code)
    parts += [words % {"codes": ", ".join(sorted(group))} for words, group in by_sentence.items()]
    return " ".join(parts)
