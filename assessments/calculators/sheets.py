"""One PI's calculator: its forms together, what they give as they stand, and how they are saved."""

from functools import cached_property

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import Access, WrongState
from accounts.access_table import Capability
from assessments.calculators.counting import LEVELS, SurveyResult
from assessments.calculators.forms import (
    MAX_ROWS,
    QuestionForm,
    RowForm,
    SurveyForm,
)
from assessments.models import CalculatorVersion, IndicatorRating, Parity, Survey, SurveyQuestion
from scorecard.form_errors import errors_of

BLANK_ROWS = 3


class CalculatorSheet:
    """What both calculators share. Without data it shows what is stored, or what earlier was.

    earlier: a version whose numbers stand in the forms again, to be looked at or saved anew.
    """

    model: type[Survey] | type[Parity]
    page: str  # template of the form
    part: str  # template of the result

    def __init__(
        self,
        rating: IndicatorRating,
        *,
        access: Access,
        data=None,
        earlier: CalculatorVersion | None = None,
    ):
        self.rating = rating
        self.access = access
        self.data = data
        self.earlier = earlier
        self.may_write = rating.origin is None and access.allows(
            Capability.WRITE_FINDINGS, assigned=rating.assigned_to.all()
        )

    def require_writing(self):
        """Raise PermissionDenied or WrongState unless this person may write here now."""
        self.access.require(Capability.WRITE_FINDINGS, assigned=self.rating.assigned_to.all())
        if self.rating.origin is not None:
            raise WrongState(
                _("PI %(code)s is carried over and not reassessed this year.")
                % {"code": self.rating.indicator.code}
            )

    @cached_property
    def stored(self):
        """What is recorded; of a carried PI that of its origin. None where nothing is."""
        return self.model.objects.filter(indicator_rating=self.rating.source).first()

    @property
    def head(self) -> forms.Form:
        raise NotImplementedError

    @property
    def rows(self) -> forms.BaseFormSet:
        raise NotImplementedError

    @property
    def counted(self) -> list:
        """The rows that hold numbers."""
        return [form for form in self.rows.forms if form.has_numbers]

    @property
    def versions(self) -> QuerySet[CalculatorVersion]:
        """All that was ever saved, newest first; of a carried PI that of its origin."""
        return self.rating.source.calculator_versions.select_related("by").order_by("-number")

    @property
    def version(self) -> int:
        """0 as long as nothing is stored."""
        return self.stored.version if self.stored else 0

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), self.rows.is_valid()])

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every refused field as (id of the field, sentence), for the summary on top."""
        parts: list[forms.BaseForm] = [self.head, *self.rows.forms]
        found = [error for part in parts for error in errors_of(part)]
        return found + [("content", sentence) for sentence in self.rows.non_form_errors()]

    def _formset(self, form: type[RowForm], initial: list[dict], **kwargs):
        base = kwargs.pop("base", forms.BaseFormSet)
        extra = max(BLANK_ROWS, kwargs.pop("at_least", 0) - len(initial))
        factory = forms.formset_factory(
            form, formset=base, extra=extra, max_num=MAX_ROWS, validate_max=True
        )
        if self.data is not None:
            initial = []  # or a row that says the same as what is stored would count as empty
        return factory(self.data, prefix="rows", initial=initial, **kwargs)

    def write(self, *, by):
        """Put the numbers in place of those stored. They stay readable as a version."""
        stored = self._head_row()
        stored.version = self.version + 1
        stored.changed_at, stored.changed_by = timezone.now(), by
        stored.save()
        self._write_rows(stored)
        CalculatorVersion.objects.create(
            indicator_rating=self.rating,
            number=stored.version,
            head=self.head.cleaned_data,
            rows=[form.filled for form in self.counted],
            by=by,
            at=stored.changed_at,
        )

    def _head_row(self):
        raise NotImplementedError

    def _write_rows(self, stored):
        raise NotImplementedError


class SurveySheet(CalculatorSheet):
    model = Survey
    page = "assessments/calculators/survey_form.html"
    part = "assessments/calculators/_survey_result.html"

    @cached_property
    def head(self):
        instance = self.stored or Survey(indicator_rating=self.rating)
        return SurveyForm(self.data, instance=instance, initial=self.earlier and self.earlier.head)

    @cached_property
    def rows(self):
        initial = self.earlier.rows if self.earlier else self._stored_rows()
        answered = self._head_values.get("answered")
        return self._formset(QuestionForm, initial, at_least=10, form_kwargs={"answered": answered})

    def _stored_rows(self) -> list[dict]:
        stored = self.stored.questions.all() if self.stored else []
        return [
            {"text": row.text, **{name: getattr(row, name) for name in LEVELS}} for row in stored
        ]

    @property
    def _head_values(self) -> dict:
        """What was sent, as far as it is valid; before that, what is stored."""
        if self.data is None:
            return self.head.initial
        self.head.is_valid()
        return self.head.cleaned_data

    def is_valid(self):
        valid = super().is_valid()
        if valid and not self.counted:
            self.head.add_error(None, _("Enter the answers to at least one question."))
        return valid and not self.head.errors

    @property
    def result(self) -> SurveyResult:
        """Of the fields that can be counted."""
        return SurveyResult(
            expected=self._head_values.get("expected") or 0,
            answered=self._head_values.get("answered") or 0,
            questions=tuple(
                (
                    form.values.get("text") or _("Question %(number)s") % {"number": number},
                    form.answers,
                )
                for number, form in enumerate(self.counted, start=1)
            ),
        )

    @property
    def label(self) -> str:
        """What the row of the measure is called: "Survey 2019, 10 questions"."""
        number = len(self.counted)
        return ngettext(
            "Survey %(year)s, %(number)s question", "Survey %(year)s, %(number)s questions", number
        ) % {"year": self.head.cleaned_data["year"], "number": number}

    @property
    def entries_by_hand(self):
        """Rows of the measure that saving replaces; [] once a survey stands there."""
        return [] if self.stored else list(self.rating.source.measure_entries.all())

    def as_measure(self) -> dict[str, str]:
        """The one row that the survey makes of its measure, as the workspace's form sends it."""
        name, together = f"measure-{self.rating.indicator.calculator_fills}", self.result.together
        return {
            f"{name}-TOTAL_FORMS": "1",
            f"{name}-INITIAL_FORMS": "1",
            f"{name}-0-label": self.label,
            f"{name}-0-numerator": str(together.positive),
            f"{name}-0-denominator": str(together.total),
        }

    def _head_row(self) -> Survey:
        return self.head.instance

    def _write_rows(self, survey: Survey):
        survey.questions.all().delete()
        SurveyQuestion.objects.bulk_create(
            SurveyQuestion(
                survey=survey,
                position=position,
                text=form.values.get("text", ""),
                **{level: form.number(level) for level in LEVELS},
            )
            for position, form in enumerate(self.counted, start=1)
        )
