"""The form of a roll-over: for each open point what becomes of it."""

from django import forms
from django.utils.translation import gettext as _

from actionplan.models import ActionPoint
from actionplan.roll_over import Decision, Fate, Problem, problems
from scorecard.fields import LongTextFormField
from scorecard.form_errors import FieldErrors


class RollOverForm(FieldErrors, forms.Form):
    def __init__(self, *args, points: list[ActionPoint], **kwargs):
        super().__init__(*args, **kwargs)
        self.points = points
        for point in points:
            self._add_fields(point)

    def _add_fields(self, point):
        fates = [(Fate.KEEP, _("Keep")), (Fate.MERGE, _("Merge")), (Fate.DROP, _("Drop"))]
        others = [
            (other.number, f"{other.number}. {other.headline}")
            for other in self.points
            if other != point
        ]
        self.fields[_name("fate", point)] = forms.ChoiceField(
            choices=fates,
            initial=Fate.KEEP,
            widget=forms.RadioSelect,
            label=_("What becomes of action point %(number)s?") % {"number": point.number},
            error_messages={"required": _("Decide what becomes of it.")},
        )
        self.fields[_name("into", point)] = forms.TypedChoiceField(
            choices=[("", _("Choose an action point that is kept")), *others],
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.Select(attrs={"class": "form-select"}),
            label=_("Merge %(number)s into") % {"number": point.number},
        )
        self.fields[_name("reason", point)] = LongTextFormField(
            max_length=1000,
            required=False,
            widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
            label=_("Why is %(number)s dropped?") % {"number": point.number},
        )

    @property
    def rows(self):
        """Each point with its three fields."""
        return [
            (point, *(self[_name(part, point)] for part in ("fate", "into", "reason")))
            for point in self.points
        ]

    @property
    def decisions(self) -> dict[int, Decision]:
        cleaned = self.cleaned_data
        return {
            point.number: Decision(
                fate=Fate(cleaned[_name("fate", point)]),
                into=cleaned.get(_name("into", point)),
                reason=cleaned.get(_name("reason", point), ""),
            )
            for point in self.points
            if _name("fate", point) in cleaned
        }

    @property
    def dropped(self) -> list[tuple[ActionPoint, str]]:
        """The points that are dropped, each with its reason."""
        decided = self.decisions
        return [
            (point, decided[point.number].reason)
            for point in self.points
            if decided[point.number].fate == Fate.DROP
        ]

    def clean(self):
        cleaned = super().clean()
        by_number = {point.number: point for point in self.points}
        found = problems(by_number.keys(), self.decisions)
        for number, problem in found.items():
            if problem != Problem.UNDECIDED:  # that the field itself has said
                part = "reason" if problem == Problem.NO_REASON else "into"
                self.add_error(_name(part, by_number[number]), _sentence(problem, number))
        return cleaned


def _name(part, point):
    return f"{part}-{point.number}"


def _sentence(problem: Problem, number: int) -> str:
    sentences = {
        Problem.NO_REASON: _("Action point %(number)s: say why it is dropped."),
        Problem.INTO_NOTHING: _("Action point %(number)s: choose what it is merged into."),
        Problem.INTO_ITSELF: _("Action point %(number)s cannot be merged into itself."),
        Problem.INTO_NOT_KEPT: _(
            "Action point %(number)s: what it is merged into must be kept itself."
        ),
    }
    return sentences[problem] % {"number": number}
