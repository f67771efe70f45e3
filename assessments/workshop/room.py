"""The Room: what the coordinator leads from, on the projector."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from accounts.access import Access
from accounts.access_table import Capability
from accounts.models import Entity
from assessments.models import Agreement, Attendance, Dissent, IndicatorRating, Round, Workshop
from assessments.overview import previous_ratings
from assessments.workshop.forms import AgreedForm, DelegateForm, DissentForm, LateForm
from assessments.workshop.representation import entities_of_team, voting_entities, voting_people
from assessments.workshop.stage import Phase, Stage
from scorecard.form_errors import errors_of
from scorecard.statements import short_name

STATE_WORDS = {"is-met": _("Met"), "is-not-met": _("Not met"), "is-undecided": _("Undecided")}


@dataclass(frozen=True, kw_only=True)
class RoomNews:
    """The part of the Room that changes by itself: who is there, who has voted, the result."""

    stage: Stage
    attendances: list[Attendance]

    @classmethod
    def of(cls, workshop: Workshop) -> "RoomNews":
        """One query: the rounds of the PI, or before its first round, who has come."""
        stage = Stage.of(workshop)
        return cls(stage=stage, attendances=[] if stage.rounds else present(workshop))

    @property
    def version(self):
        return self.stage.workshop.version


def present(workshop: Workshop) -> list[Attendance]:
    rows = workshop.attendances.filter(arrived_at__isnull=False)
    return list(rows.select_related("entity", "person"))


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """One PI of the year. agreement: None as long as the workshop has not agreed on it."""

    rating: IndicatorRating
    agreement: Agreement | None
    has_rounds: bool


@dataclass(frozen=True, kw_only=True)
class CriterionShown:
    """One criterion at a glance: met, not met or undecided by what the team has recorded."""

    name: str
    text: str
    state: str
    words: str


class Room:
    """One page of the Room, with the forms of whoever leads it.

    forms: a form that was refused, by its name, to be shown again as it was sent.
    """

    def __init__(self, workshop: Workshop, *, access: Access, forms=None):
        self.workshop = workshop
        self.assessment = workshop.assessment
        self.news = RoomNews.of(workshop)
        self.stage = self.news.stage
        self.phase = self.stage.phase
        self.may_lead = access.allows(Capability.RUN_WORKSHOP)
        self.forms = forms or {}

    @property
    def is_live(self) -> bool:
        return self.phase != Phase.CLOSED

    @property
    def indicator(self):
        return self.stage.indicator

    @cached_property
    def criteria(self) -> list[CriterionShown]:
        same = self.assessment.indicator_ratings.filter(pk=self.workshop.current_id)
        (rating,) = same.in_detail(self.assessment.framework)
        return [
            CriterionShown(
                name=short_name(criterion),
                text=criterion.text,
                state=_state(criterion.key, rating.standing),
                words=STATE_WORDS[_state(criterion.key, rating.standing)],
            )
            for criterion in self.indicator.criteria.all()
        ]

    @cached_property
    def item(self) -> AgendaItem | None:
        """The current PI."""
        current = self.workshop.current_id
        return next((row for row in self.agenda if row.rating.pk == current), None)

    @property
    def rating(self) -> IndicatorRating | None:
        return self.item and self.item.rating

    @property
    def agreement(self) -> Agreement | None:
        return self.item and self.item.agreement

    @cached_property
    def agenda(self) -> list[AgendaItem]:
        ratings = self.assessment.indicator_ratings.filter(is_reassessed=True)
        ratings = list(ratings.with_overview())
        agreements = Agreement.objects.in_force(ratings)
        rounds = Round.objects.filter(indicator_rating__in=ratings)
        voted_on = set(rounds.values_list("indicator_rating", flat=True))
        return [
            AgendaItem(
                rating=rating,
                agreement=agreements.get(rating.pk),
                has_rounds=rating.pk in voted_on,
            )
            for rating in ratings
        ]

    @property
    def next_item(self) -> AgendaItem | None:
        """The PI after the current one; at the start, the first without an agreed rating."""
        places = [place for place, row in enumerate(self.agenda) if row.rating == self.rating]
        if places:
            return (*self.agenda, None)[places[0] + 1]
        return next((row for row in self.agenda if not row.agreement), None)

    @property
    def open_items(self) -> list[AgendaItem]:
        return [row for row in self.agenda if not row.agreement]

    @property
    def next_round(self) -> int:
        return self.stage.last.round.number + 1

    @property
    def agreed_count(self) -> int:
        return sum(row.agreement is not None for row in self.agenda)

    @cached_property
    def previous(self) -> IndicatorRating | None:
        return previous_ratings(self.assessment).get(self.stage.indicator.code)

    @cached_property
    def dissents(self) -> list[Dissent]:
        return list(self.rating.dissents.select_related("entity")) if self.rating else []

    @property
    def may_record(self) -> bool:
        return self.may_lead and self.phase in (Phase.REVEALED, Phase.AGREED)

    @cached_property
    def agreed_form(self) -> AgreedForm:
        previous = self.previous
        return self.forms.get("agreed") or AgreedForm(
            has_previous=previous is not None and previous.rating is not None,
            initial={
                "agreed": self.stage.agreed,
                "minute": self.agreement.minute if self.agreement else "",
                "difference_reason": self.rating.difference_reason,
                "regression_reason": self.rating.regression_reason,
            },
        )

    @property
    def agreed_errors(self) -> list[tuple[str, str]]:
        """Every refused field as (id of the field, sentence), for the summary on top."""
        return errors_of(self.agreed_form)

    @property
    def reasons_open(self) -> bool:
        """Open where a reason lacks or is given already."""
        form = self.agreed_form
        names = [name for name in form.fields if name.endswith("_reason")]
        return any(form[name].errors or form[name].value() for name in names)

    @cached_property
    def dissent_form(self) -> DissentForm:
        entities = [ballot.entity for ballot in self.stage.last.ballots]
        return self.forms.get("dissent") or DissentForm(entities=entities)

    @property
    def late_form(self) -> LateForm:
        return LateForm()

    @cached_property
    def delegate_form(self) -> DelegateForm:
        return self.forms.get("delegate") or DelegateForm(
            entities=entities_of_team(self.workshop), people=voting_people(self.workshop)
        )

    @cached_property
    def delegates(self) -> list[Attendance]:
        rows = self.workshop.attendances.filter(delegated_by__isnull=False)
        return list(rows.select_related("entity", "person"))

    @cached_property
    def voters(self) -> list[Entity]:
        return voting_entities(self.workshop)


def _state(key, standing):
    if key in standing.met:
        return "is-met"
    return "is-not-met" if key in standing.refused else "is-undecided"
