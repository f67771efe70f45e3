"""The form that sets up a year: what kind of assessment, in which cycle, until when."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import CooperationFramework
from assessments.cycle.back_planning import back_planned
from assessments.cycle.editions import refusal_of_edition
from assessments.models import Assessment
from assessments.models.assessment import DATES
from assessments.process.forms import DATE_LABELS, date_input, refuse_far_days
from scorecard.form_errors import errors_of
from scorecard.models import Framework

FIRST_YEAR = 2010  # nothing was assessed before
SUBMISSION = (12, 15)  # month and day that the form suggests
CYCLE_YEARS = 5


class NewCooperationFrameworkForm(forms.ModelForm):
    """Filled in only where the team's Cooperation Framework is not listed yet."""

    class Meta:
        model = CooperationFramework
        fields = ["title", "first_year", "last_year"]
        labels = {
            "title": _("Title"),
            "first_year": _("First year"),
            "last_year": _("Last year"),
        }


class SetUpForm(forms.ModelForm):
    """new: the form of a Cooperation Framework to be added, used where none is chosen."""

    class Meta:
        model = Assessment
        fields = ["year", "kind", "framework", "cooperation_framework", *DATES]
        labels = {
            "year": _("Year"),
            "kind": _("Kind of assessment"),
            "framework": _("Edition of the scorecard"),
            "cooperation_framework": _("Cooperation Framework"),
            **DATE_LABELS,
        }
        help_texts = {
            "kind": _(
                "Comprehensive: all fifteen PIs, once in each Cooperation Framework. Annual "
                "progress: at least five PIs, the other ratings are carried over."
            ),
            "submission_due": _("The other dates are counted back from this day."),
        }
        widgets = {
            "kind": forms.RadioSelect,
            **{name: date_input() for name in DATES},
        }

    def __init__(self, data=None, *, team, initial=None):
        super().__init__(data, instance=Assessment(team=team), initial=initial)
        self.team = team
        self.new = NewCooperationFrameworkForm(
            data,
            instance=CooperationFramework(team=team),
            initial=initial,
            prefix="new",
        )
        self.fields["kind"].choices = Assessment.Kind.choices
        self.fields["framework"].queryset = Framework.objects.latest_revisions()
        cycles = self.fields["cooperation_framework"]
        cycles.queryset = team.cooperation_frameworks.all()
        cycles.empty_label, cycles.required = _("A new one, described below"), False
        self.fields["year"].validators += [
            MinValueValidator(FIRST_YEAR, _("Write a year from %(limit_value)s on.")),
            MaxValueValidator(2100, _("Write a year such as 2026.")),
        ]
        for name in DATES:
            self.fields[name].required = True

    @property
    def adds_cycle(self):
        return not self.cleaned_data.get("cooperation_framework")

    def clean(self):
        cleaned = super().clean()
        if "cooperation_framework" in cleaned and self.adds_cycle and not self.new.is_valid():
            self.add_error(None, _("Choose a Cooperation Framework, or describe the new one."))
        cycle = cleaned.get("cooperation_framework") or self.new.instance
        year, first_year, last_year = cleaned.get("year"), cycle.first_year, cycle.last_year
        if year and first_year and last_year and not first_year <= year <= last_year:
            self.add_error(
                "year",
                gettext("%(year)s is not in the Cooperation Framework %(cycle)s.")
                % {"year": year, "cycle": cycle},
            )
        if year:
            refuse_far_days(self, year)
        return cleaned

    def _post_clean(self):
        """Ask the rules that need the team, which is no field of the form."""
        super()._post_clean()
        if self.errors:
            return
        self._ask_whether_year_is_free()
        if refusal := refusal_of_edition(self.instance):
            self.add_error("framework", refusal)

    def _ask_whether_year_is_free(self):
        name = "assessment_is_the_only_one_of_team_and_year"
        (rule,) = (rule for rule in Assessment._meta.constraints if rule.name == name)
        try:
            rule.validate(Assessment, self.instance)
        except ValidationError as fault:
            self.add_error("year", fault.messages)

    @property
    def new_cycle(self) -> CooperationFramework | None:
        """The Cooperation Framework to be saved along; None where an existing one is chosen."""
        return self.new.instance if self.adds_cycle else None

    @property
    def date_fields(self):
        """The dates to be adjusted, first to last; the submission stands before them."""
        return [self[name] for name in DATES if name != "submission_due"]

    @property
    def field_errors(self) -> list[tuple[str, str]]:
        """Every refused field as (id of the field, sentence), for the summary on top."""
        sent = [self, self.new] if self.is_bound and self.adds_cycle else [self]
        return [error for form in sent for error in errors_of(form)]


def suggested(team, today: date) -> dict:
    """Return what a team would set up next, as initial values of the form."""
    latest = team.assessments.select_related("framework").first()
    year = max(today.year, latest.year + 1) if latest else today.year
    cycles = team.cooperation_frameworks.filter(first_year__lte=year, last_year__gte=year)
    cycle = cycles.first()
    is_begun = cycle and cycle.assessments.exists()
    editions = Framework.objects.latest_revisions()
    same_edition = editions.filter(code=latest.framework.code).first() if latest else None
    submission_due = date(year, *SUBMISSION)
    return {
        "year": year,
        "kind": Assessment.Kind.ANNUAL if is_begun else Assessment.Kind.COMPREHENSIVE,
        "framework": (is_begun and same_edition) or editions.first(),
        "cooperation_framework": cycle,
        "first_year": year,
        "last_year": year + CYCLE_YEARS - 1,
        **planned(submission_due, today),
    }


def planned(submission_due: date, today: date) -> dict[str, date]:
    dates = back_planned(submission_due, today)
    return {name: getattr(dates, name) for name in DATES}
