"""What people do with the assessments of a team over years, and what stays true of them.

Setting up, choosing, assigning, editing, confirming, voting, moving and reopening.
"""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from accounts.access import Access, WrongState
from accounts.models import Membership
from accounts.tests.factories import make_cycle, make_entity, make_membership
from assessments import transitions
from assessments.cycle.transitions import (
    carry_anew,
    choose,
    confirm_unchanged,
    record_earlier,
    set_up,
)
from assessments.invariants import faults
from assessments.models import (
    Agreement,
    Assessment,
    AssessmentEvent,
    CriterionFinding,
    IndicatorRating,
    Workshop,
)
from assessments.overview import previous_ratings
from assessments.tests.factories import stored
from assessments.tests.voting_rules import Voting, levels, reasons
from assessments.workshop import transitions as workshop_transitions
from assessments.workspace.content import form_data, stored_content
from assessments.workspace.form import IndicatorWorkspace
from assessments.workspace.saving import save_sent
from scorecard.tests.factories import load_edition

FIRST_YEAR, LAST_YEAR = 2021, 2023
CODES = ["1.1", "2.2", "3.1", "3.2", "4.1", "5.1", "6.1", "7.1"]
MOVES = {
    "open_scoring": {},
    "open_consolidation": {},
    "request_endorsement": {},
    "endorse": {},
    "submit": {},
    "accept": {},
    "reopen": {"reason": "A figure was wrong."},
    "send_back": {"reason": "The evidence does not show it."},
}
which = st.integers(0, LAST_YEAR - FIRST_YEAR)
codes = st.sampled_from(CODES)
text = st.sampled_from(["", "Because."])
ACRONYMS = ["FAO", "UNDP"]
entities = st.sampled_from(ACRONYMS)
ballots = st.dictionaries(entities, levels, min_size=1)
two_rounds = st.tuples(ballots, ballots)


class Years(Voting):
    """One team over three years: its coordinator, and those who vote. Undone at the end."""

    others = [Assessment, IndicatorRating, CriterionFinding, AssessmentEvent]
    refusals = (*Voting.refusals, WrongState)

    def __init__(self):
        super().__init__()
        self.told, self.frozen = [], {}

    def form_team(self):
        self.cycle = make_cycle(first_year=FIRST_YEAR, last_year=LAST_YEAR)
        self.framework = load_edition()
        self.coordinator = make_membership(team=self.cycle.team, role=Membership.Role.COORDINATOR)
        self.by = self.leader = self.coordinator.user
        self.voters = {
            acronym: make_membership(team=self.cycle.team, entity=make_entity(acronym=acronym)).user
            for acronym in ACRONYMS
        }

    @initialize(kind=st.sampled_from(["annual", "comprehensive"]))
    def begin(self, kind):
        """A year that is endorsed, and the next one that carries its ratings."""
        self.form_team()
        self.get_a_year_endorsed(0, kind, CODES[:5])
        self.set_up("annual", 1)

    # What people do

    @rule(kind=st.sampled_from(["annual", "annual", "comprehensive"]), year=which)
    def set_up(self, kind, year):
        assessment = Assessment(
            team=self.cycle.team,
            cooperation_framework=self.cycle,
            framework=self.framework,
            kind=kind,
            year=FIRST_YEAR + year,
        )
        self.attempt(lambda: set_up(assessment, by=self.by))

    @rule(year=which, add=st.sets(codes), drop=st.sets(codes), rationale=text)
    def choose(self, year, add, drop, rationale):
        self.on(year, lambda a: choose(a, add=add, drop=drop, rationale=rationale, by=self.by))

    @rule(year=which)
    def assign_everything(self, year):
        if assessment := self.assessment(year):
            for rating in assessment.indicator_ratings.all():
                rating.assigned_to.add(self.coordinator)

    @rule(
        year=which,
        code=codes,
        met=st.sets(st.sampled_from("abcd")),
        rating=st.sampled_from(["", "1", "2", "3", "4"]),
        reason=text,
    )
    def edit(self, year, code, met, rating, reason):
        """Fill in a PI as its form would, and give the reason that may be asked for, or not."""
        fields = {"rating": rating, "difference_reason": reason}
        self.on(year, lambda a: self.save(a, code, met, fields))

    @rule(year=which, met=st.sets(st.sampled_from("abcd")))
    def rate_all(self, year, met):
        """Agree on every reassessed PI, with all reasons."""
        reasons = {"findings": "Seen.", "difference_reason": "So.", "regression_reason": "So."}
        fields = reasons | {"rating": "3"}
        if assessment := self.assessment(year):
            chosen = assessment.indicator_ratings.reassessed()
            for code in chosen.values_list("indicator__code", flat=True):
                self.attempt(lambda code=code: self.save(assessment, code, met, fields))

    @rule(year=which, code=codes)
    def confirm(self, year, code):
        self.on(
            year,
            lambda a: confirm_unchanged(self.pi(a, code), reason="Still so.", by=self.by),
        )

    @rule(year=which, code=codes, rating=st.integers(1, 4))
    def record_earlier(self, year, code, rating):
        def record(assessment):
            row = self.pi(assessment, code)
            row.rating, row.origin_year = rating, 2018
            record_earlier(row, by=self.by)

        self.on(year, record)

    @rule(year=which)
    def carry_anew(self, year):
        self.on(year, lambda a: carry_anew(a, by=self.by))

    @rule(year=which, move=st.sampled_from(list(MOVES)))
    def move(self, year, move):
        self.on(year, lambda a: getattr(transitions, move)(a, by=self.by, **MOVES[move]))

    @rule(year=which, kind=st.sampled_from(["annual", "comprehensive"]), chosen=st.sets(codes))
    def get_a_year_endorsed(self, year, kind, chosen):
        """The long way, which random steps alone hardly ever go to its end."""
        self.set_up(kind, year)
        self.choose(year, chosen, set(), "Because.")
        self.assign_everything(year)
        self.move(year, "open_scoring")
        self.move(year, "open_consolidation")
        self.rate_all(year, {"b", "c"})
        self.move(year, "request_endorsement")
        self.move(year, "endorse")

    @rule(year=which, code=codes, rating=st.integers(1, 4))
    def reopen_and_revise(self, year, code, rating):
        self.move(year, "reopen")
        fields = {"rating": str(rating), "difference_reason": "So.", "regression_reason": "So."}
        self.on(year, lambda a: self.save(a, code, {"a"}, fields))

    @rule(year=which, code=codes)
    def open_round(self, year, code):
        self.in_workshop(year, code, self.open_round_on)

    @rule(year=which, code=codes, entity=entities, level=levels)
    def vote(self, year, code, entity, level):
        self.in_workshop(year, code, self.vote_on, entity, level)

    @rule(year=which, code=codes)
    def reveal(self, year, code):
        self.in_workshop(year, code, self.reveal_on)

    @rule(year=which, code=codes)
    def allow_late(self, year, code):
        self.in_workshop(year, code, self.allow_late_on)

    @rule(year=which, code=codes, level=levels, minute=reasons, reason=reasons)
    def agree(self, year, code, level, minute, reason):
        self.in_workshop(year, code, self.agree_on, level, minute, reason)

    @rule(year=which, kind=st.sampled_from(["annual", "comprehensive"]), votes=two_rounds)
    def get_a_year_voted_on(self, year, kind, votes):
        """To the workshop, or back to it, for two rounds on a PI; the second may stay blind."""
        self.set_up(kind, year)
        self.choose(year, CODES[:5], set(), "Because.")
        self.assign_everything(year)
        for move in ("open_scoring", "open_consolidation", "reopen"):
            self.move(year, move)
        for number, given in enumerate(votes, start=1):
            self.open_round(year, CODES[1])
            for entity, level in given.items():
                self.vote(year, CODES[1], entity, level)
            if number < len(votes):
                self.reveal(year, CODES[1])
                self.agree(year, CODES[1], level, "So.", "So.")

    # How they do it

    def in_workshop(self, year, code, act, *facts):
        """Start the workshop of the year where it has not been started, and act in it."""
        if assessment := self.assessment(year):
            if not Workshop.objects.filter(assessment=assessment).exists():
                self.attempt(lambda: workshop_transitions.start(assessment, by=self.by))
            if workshop := Workshop.objects.filter(assessment=assessment).first():
                rating = self.pi(assessment, code)
                rating.assessment = assessment
                act(workshop, rating, *facts)

    def on(self, year, act):
        if assessment := self.assessment(year):
            self.attempt(lambda: act(assessment))

    def assessment(self, year):
        return Assessment.objects.with_context().filter(year=FIRST_YEAR + year).first()

    def pi(self, assessment, code):
        rows = assessment.indicator_ratings.select_related("indicator")
        return rows.get(indicator__code=code)

    def save(self, assessment, code, met, fields):
        before = previous_ratings(assessment).get(code)
        row = self.pi(assessment, code)

        def open_workspace():
            rating = stored(row)
            rating.assessment = assessment
            access = Access(memberships=(self.coordinator,), state=assessment.state)
            is_decided = row.pk in Agreement.objects.in_force([row])
            return IndicatorWorkspace(rating, access=access, is_decided=is_decided, previous=before)

        workspace = open_workspace()
        workspace.require_writing()
        content = stored_content(workspace.rating)
        sent = form_data(content, workspace.indicator, version=workspace.rating.version)
        ticks = {
            name: "yes" if name.split("-")[1][0] in met else "no"
            for name in sent
            if name.endswith("-is_met")
        }
        save_sent(workspace, sent | ticks | fields, reopen=open_workspace, by=self.by)

    # What stays true

    @invariant()
    def a_rating_differs_from_its_criteria_only_with_a_reason(self):
        for row in IndicatorRating.objects.all():
            assert not row.differs or row.difference_reason

    @invariant()
    def the_nightly_check_finds_nothing(self):
        assert list(faults()) == []

    @invariant()
    def what_the_heads_are_asked_to_endorse_stays_as_it_is(self):
        frozen = {
            assessment.pk: list(assessment.indicator_ratings.order_by("pk").values())
            for assessment in Assessment.objects.frozen().exclude(state="imported")
        }
        for pk in frozen.keys() & self.frozen.keys():
            assert frozen[pk] == self.frozen[pk]
        self.frozen = frozen

    @invariant()
    def what_happened_stays_told_as_it_was(self):
        events = list(AssessmentEvent.objects.order_by("pk").values())
        assert events[: len(self.told)] == self.told
        self.told = events

    @invariant()
    def the_story_of_an_assessment_leads_to_where_it_stands(self):
        for assessment in Assessment.objects.all():
            states = ""
            for event in assessment.events.order_by("pk"):
                assert event.from_state == states
                states = event.to_state
            assert assessment.state == states
