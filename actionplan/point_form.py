"""The form of one action point."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Entity
from actionplan.currencies import CODES
from actionplan.forms import Versioned
from actionplan.models import ActionPoint
from actionplan.writing import LINKS
from scorecard.fields import DayField
from scorecard.models import Criterion, Indicator
from scorecard.statements import short_name

CRITERION_SHOWN = 100  # characters of a criterion in a list to choose from


class PointForm(Versioned, forms.ModelForm):
    """What one action point says. version: the one that the person had before them."""

    start = DayField(required=False, label=_("Start"))
    due = DayField(required=False, label=_("Due"))
    currency = forms.CharField(
        required=False,
        max_length=3,
        label=_("Currency"),
        help_text=_("Of both amounts, for example USD."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, initial=1)

    class Meta:
        model = ActionPoint
        fields = [
            "indicator",
            "criterion",
            "text",
            "lead",
            "supporting",
            "other_indicators",
            "start",
            "due",
            "resources_required",
            "resources_available",
            "currency",
        ]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 6}),
            "supporting": forms.CheckboxSelectMultiple,
            "other_indicators": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "indicator": _("The PI that the action mainly serves."),
            "criterion": _("The one that is met once this is done; “what if” counts with it."),
            "lead": _("The entity that answers for it."),
        }
        error_messages = {"indicator": {"required": _("Choose the PI that the action serves.")}}

    def __init__(self, *args, framework, entities, own_entities=None, **kwargs):
        """entities: those to choose from. own_entities: what a member may add actions for;
        None for whoever may add them for any entity.
        """
        super().__init__(*args, **kwargs)
        self.own_entities = own_entities
        self.fields["text"].required = True
        self.fields["text"].error_messages["required"] = _("Say what is to be done.")
        indicators = Indicator.objects.of_framework(framework).select_related("dimension")
        for name in ("indicator", "other_indicators"):
            self.fields[name].queryset = indicators
        self.fields["indicator"].empty_label = _("Choose a PI")
        self._offer_criteria(indicators)
        for name in ("lead", "supporting"):
            self.fields[name].queryset = entities
        self.fields["lead"].empty_label = _("Nobody yet")

    def _offer_criteria(self, indicators):
        criteria = Criterion.objects.filter(indicator__in=indicators).select_related("indicator")
        field = self.fields["criterion"]
        field.queryset = criteria
        by_indicator: dict = {}
        for criterion in criteria.order_by(
            "indicator__dimension__number", "indicator__position", "position"
        ):
            by_indicator.setdefault(str(criterion.indicator), []).append(
                (criterion.pk, shown_criterion(criterion))
            )
        field.choices = [("", gettext("None of them")), *by_indicator.items()]

    @property
    def links(self) -> dict:
        """What the point is linked to, for writing.add_point and change_point."""
        return {name: list(self.cleaned_data[name]) for name in LINKS}

    def clean_currency(self):
        code = self.cleaned_data["currency"].strip().upper()
        if code and code not in CODES:
            raise forms.ValidationError(
                _("“%(code)s” is no currency: write its three letters, such as USD."),
                params={"code": code},
            )
        return code

    def clean(self):
        cleaned = super().clean()
        indicator, criterion = cleaned.get("indicator"), cleaned.get("criterion")
        if indicator and criterion and criterion.indicator_id != indicator.pk:
            self.add_error(
                "criterion",
                gettext("This criterion belongs to PI %(code)s. Choose one of PI %(own)s.")
                % {"code": criterion.indicator.code, "own": indicator.code},
            )
        self._clean_amounts(cleaned)
        self._clean_entities(cleaned)
        return cleaned

    def _clean_amounts(self, cleaned):
        amounts = [cleaned.get("resources_required"), cleaned.get("resources_available")]
        if "currency" in cleaned and any(amount is not None for amount in amounts):
            if not cleaned["currency"]:
                self.add_error("currency", _("Give the currency of the amounts, such as USD."))
        elif cleaned.get("currency") and not self.errors:
            self.add_error("currency", _("Give an amount, or leave the currency empty."))
        start, due = cleaned.get("start"), cleaned.get("due")
        if start and due and due < start:
            self.add_error("due", _("An action point is due after it starts."))

    def _clean_entities(self, cleaned):
        lead = cleaned.get("lead")
        supporting = cleaned.get("supporting") or []
        if "other_indicators" in cleaned:
            cleaned["other_indicators"] = [
                row for row in cleaned["other_indicators"] if row != cleaned.get("indicator")
            ]
        if lead:
            cleaned["supporting"] = [entity for entity in supporting if entity != lead]
        named = {entity.pk for entity in (lead, *supporting) if entity}
        if self.own_entities is not None and not named & self.own_entities:
            self.add_error(
                "lead",
                _("You add actions of your own entity: let it lead or support this one."),
            )


def shown_criterion(criterion: Criterion) -> str:
    """A criterion in one line, with a mark where it is cut."""
    text = criterion.text
    if len(text) > CRITERION_SHOWN:
        text = f"{text[:CRITERION_SHOWN].rstrip()}…"
    return f"{short_name(criterion)} {text}"


def entities_of(team):
    """The entities that serve in a team, or did, or stand in its plans."""
    plans = ActionPoint.objects.filter(plan__cooperation_framework__team=team)
    return Entity.objects.filter(
        pk__in=[
            *team.memberships.values_list("entity", flat=True),
            *plans.exclude(lead=None).values_list("lead", flat=True),
            *plans.exclude(supporting=None).values_list("supporting", flat=True),
        ]
    )
