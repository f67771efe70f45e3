"""The fields of the calculators. A row left empty does not count; a row emptied goes away."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.calculators.counting import LEVELS, Answers, Staff
from assessments.models import ParityCount, Survey, SurveyQuestion
from assessments.models.calculators import MAX_PEOPLE
from scorecard.plain_text import printable

MAX_ROWS = 60
FIRST_SURVEY, LAST_SURVEY = 2000, 2100


class NumberField(forms.IntegerField):
    """A number of people, drawn narrow: tables have many of them."""

    def __init__(self, **kwargs):
        widget = forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"})
        super().__init__(
            min_value=0,
            max_value=MAX_PEOPLE,
            widget=widget,
            error_messages={
                "invalid": gettext_lazy("Write a whole number."),
                "min_value": gettext_lazy("A number of people cannot be below 0."),
                "max_value": gettext_lazy("Not more than %(limit_value)s."),
            },
            **kwargs,
        )


class RowForm(forms.Form):
    """A row of a table: some words, and numbers."""

    numbers: tuple[str, ...] = ()

    @property
    def number_fields(self):
        return [self[name] for name in self.numbers]

    @property
    def values(self) -> dict:
        """What was sent, as far as it is valid; before that, what is stored."""
        if not self.is_bound:
            return self.initial
        self.is_valid()
        return self.cleaned_data

    @property
    def has_numbers(self):
        return any(self.values.get(name) is not None for name in self.numbers)

    @property
    def filled(self) -> dict:
        """The fields that say something, as initial takes them."""
        return {name: value for name, value in self.values.items() if value not in (None, "")}

    def number(self, name) -> int:
        return self.values.get(name) or 0


class SurveyForm(forms.ModelForm):
    year = forms.IntegerField(
        min_value=FIRST_SURVEY, max_value=LAST_SURVEY, label=gettext_lazy("Year of the survey"),
        widget=forms.NumberInput(attrs={"class": "form-control"}),
        error_messages={
            "invalid": gettext_lazy("Write the year with four digits."),
            "min_value": gettext_lazy("Write the year with four digits."),
            "max_value": gettext_lazy("Write the year with four digits."),
        },
    )  # fmt: skip
    expected = NumberField(label=gettext_lazy("Personnel asked"))
    answered = NumberField(label=gettext_lazy("Personnel who answered"))

    class Meta:
        model = Survey
        fields = ["year", "expected", "answered"]

    def clean(self):
        cleaned = super().clean()
        expected, answered = cleaned.get("expected"), cleaned.get("answered")
        if answered == 0:
            self.add_error("answered", _("Nobody answered: there is nothing to count."))
        elif None not in (expected, answered) and answered > expected:
            self.add_error(
                "answered",
                _("%(answered)s answered, but only %(expected)s were asked.")
                % {"answered": answered, "expected": expected},
            )
        return cleaned


class QuestionForm(RowForm):
    numbers = LEVELS
    text = forms.CharField(max_length=300, required=False, label=gettext_lazy("Question"))

    def __init__(self, *args, answered=None, **kwargs):
        """answered: how many people answered the survey; None as long as that is not known."""
        super().__init__(*args, **kwargs)
        self.answered = answered
        for level in LEVELS:
            label = SurveyQuestion._meta.get_field(level).verbose_name
            self.fields[level] = NumberField(required=False, label=label)

    def clean_text(self):
        return printable(self.cleaned_data["text"])

    def clean(self):
        cleaned = super().clean()
        total = sum(cleaned.get(level) or 0 for level in LEVELS)
        if self.errors or not any(cleaned.get(name) not in (None, "") for name in self.fields):
            return cleaned
        if total == 0:
            self.add_error(LEVELS[0], _("Enter how many gave each answer, or empty the row."))
        elif self.answered is not None and total > self.answered:
            self.add_error(
                LEVELS[0],
                _("%(total)s answers, but only %(answered)s people answered the survey.")
                % {"total": total, "answered": self.answered},
            )
        return cleaned

    @property
    def answers(self) -> Answers:
        return Answers(**{level: self.number(level) for level in LEVELS})


class ParityForm(forms.Form):
    as_of = forms.DateField(
        required=False, label=gettext_lazy("Staff as of"),
        help_text=gettext_lazy("The day for which the entities gave their numbers."),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )  # fmt: skip


GROUPS = ParityCount.GradeGroup


class EntityForm(RowForm):
    """One entity: women and men in each grade group."""

    numbers = tuple(f"{group}-{sex}" for group in GROUPS.values for sex in ("women", "men"))
    entity = forms.CharField(max_length=100, required=False, label=gettext_lazy("UN entity"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for group in GROUPS:
            women = _("%(group)s, women") % {"group": group.label}
            men = _("%(group)s, men") % {"group": group.label}
            self.fields[f"{group}-women"] = NumberField(required=False, label=women)
            self.fields[f"{group}-men"] = NumberField(required=False, label=men)

    def clean_entity(self):
        return printable(self.cleaned_data["entity"])

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        people = sum(cleaned[name] or 0 for name in self.numbers)
        numbers = [cleaned[name] for name in self.numbers if cleaned[name] is not None]
        if people and not cleaned["entity"]:
            self.add_error("entity", _("Name the entity of these numbers."))
        elif numbers and not people:
            self.add_error(
                "entity",
                _("No women and no men: enter the numbers of this entity, or empty the row."),
            )
        return cleaned

    @property
    def staff(self) -> dict[str, Staff]:
        """By grade group, those with somebody in them."""
        pairs = {
            group: (self.number(f"{group}-women"), self.number(f"{group}-men"))
            for group in GROUPS.values
        }
        return {
            group: Staff(women=women, men=men)
            for group, (women, men) in pairs.items()
            if women or men
        }


class BaseEntityFormSet(forms.BaseFormSet):
    def clean(self):
        """Refuse an entity that stands twice, at its second row."""
        seen = set()
        for form in self.forms:
            entity = form.cleaned_data.get("entity", "").casefold() if form.is_valid() else ""
            if entity and entity in seen:
                form.add_error("entity", _("This entity stands in the table already."))
            seen.add(entity)
