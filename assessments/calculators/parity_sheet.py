"""The calculator of women and men among personnel: its forms, and what they give."""

from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from assessments.calculators.counting import ParityBand, ParityResult
from assessments.calculators.forms import GROUPS, BaseEntityFormSet, EntityForm, ParityForm
from assessments.calculators.sheets import CalculatorSheet
from assessments.models import Parity, ParityCount
from scorecard.models import Criterion


class ParitySheet(CalculatorSheet):
    model = Parity
    page = "assessments/calculators/parity_form.html"
    part = "assessments/calculators/_parity_result.html"

    @cached_property
    def head(self):
        stored = {"as_of": self.stored and self.stored.as_of}
        return ParityForm(self.data, initial=self.earlier.head if self.earlier else stored)

    @cached_property
    def rows(self):
        initial = self.earlier.rows if self.earlier else self._stored_rows()
        return self._formset(EntityForm, initial, base=BaseEntityFormSet)

    def _stored_rows(self) -> list[dict]:
        rows: dict[str, dict] = {}
        for count in self.stored.counts.all() if self.stored else ():
            row = rows.setdefault(count.entity, {"entity": count.entity})
            row |= {f"{count.group}-women": count.women, f"{count.group}-men": count.men}
        return list(rows.values()) or [{"entity": name} for name in self._entities_of_team()]

    def _entities_of_team(self):
        entities = self.rating.assessment.team.memberships.filter(entity__isnull=False)
        names = entities.order_by("entity__acronym").values_list("entity__acronym", flat=True)
        return names.distinct()

    @property
    def result(self) -> ParityResult:
        """Of the rows that can be counted."""
        framework = self.rating.assessment.framework
        rows = {form.values.get("entity") or _("No name"): form.staff for form in self.counted}
        return ParityResult(
            entities=tuple(rows),
            groups=tuple(GROUPS.values),
            counts={
                (entity, group): staff
                for entity, row in rows.items()
                for group, staff in row.items()
            },
            band=ParityBand(
                from_percent=framework.parity_from_percent, to_percent=framework.parity_to_percent
            ),
        )

    @property
    def group_labels(self) -> list[str]:
        return GROUPS.labels

    @property
    def fills(self) -> Criterion:
        """The criterion whose finding the numbers draft."""
        indicator = self.rating.indicator
        return next(
            row for row in indicator.criteria.all() if row.key == indicator.calculator_fills
        )

    @property
    def as_of(self) -> date | None:
        return self.stored and self.stored.as_of

    def _head_row(self) -> Parity:
        parity = self.stored or Parity(indicator_rating=self.rating)
        parity.as_of = self.head.cleaned_data["as_of"]
        return parity

    def _write_rows(self, parity: Parity):
        parity.counts.all().delete()
        ParityCount.objects.bulk_create(
            ParityCount(
                parity=parity, position=position, entity=form.values["entity"], group=group,
                women=staff.women, men=staff.men,
            )
            for position, form in enumerate(self.counted, start=1)
            for group, staff in form.staff.items()
        )  # fmt: skip
