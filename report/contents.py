"""Everything a report says, gathered once. Page, PDF and JSON show it; none of them computes."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from actionplan.models import ActionPoint
from assessments.edition import indicators_of
from assessments.models import Assessment, IndicatorRating
from assessments.workshop.record import records_of
from evidence.models import Citation
from report.chapters import findings
from report.chapters.change import ChangeChapter, latest_by_code
from report.chapters.findings import DimensionFindings
from report.chapters.framework import FrameworkChapter
from report.chapters.overview import OverviewChapter
from report.chapters.plan import PlanChapter
from report.chapters.process import ProcessChapter
from report.chapters.proof import ProofChapter
from report.provenance import say_where_imported


@dataclass(frozen=True, kw_only=True)
class Cover:
    """title and subtitle name the kind of report.

    standing says how far it is endorsed, which changes while what the report says does not.
    record_place: where the decisions on it are recorded, for a file without that annex; "" for a
    draft.
    """

    title: str
    subtitle: str
    team: str
    team_code: str
    country: str
    year: int
    edition: str
    is_comprehensive: bool
    standing: str = field(metadata={"is_content": False})
    record_place: str = field(default="", metadata={"is_content": False})

    @classmethod
    def of(cls, assessment: Assessment) -> "Cover":
        return cls(
            title=assessment.framework.title,
            subtitle=_("Comprehensive assessment report and action plan")
            if assessment.is_comprehensive
            else _("Annual progress assessment report and action plan"),
            team=str(assessment.team),
            team_code=assessment.team.code,
            country=assessment.team.country,
            year=assessment.year,
            edition=assessment.framework.edition,
            standing=_standing(assessment),
            is_comprehensive=assessment.is_comprehensive,
        )

    @property
    def document_title(self) -> str:
        return f"{self.title}: {self.team}, {self.year}"

    @property
    def file_stem(self) -> str:
        """The name of a saved file, without its ending."""
        kind = _("comprehensive report") if self.is_comprehensive else _("annual progress report")
        return f"UNCT-SWAP {self.team_code} {self.year} {kind}"


@dataclass(frozen=True, kw_only=True)
class AssessmentReport:
    """The chapters with data of their own, in the order of the report."""

    cover: Cover
    framework: FrameworkChapter
    process: ProcessChapter
    overview: OverviewChapter
    findings: tuple[DimensionFindings, ...]
    action_plan: PlanChapter
    evidence: ProofChapter
    change: ChangeChapter

    @classmethod
    def of(cls, assessment: Assessment) -> "AssessmentReport":
        """Gather the report in at most 16 queries, however much there is to say.

        One more where something was imported; six more where the process has not read the
        edition's rules before.
        """
        assessment = Assessment.objects.with_context().get(pk=assessment.pk)
        with timezone.override(assessment.team.clock):  # whoever asks, from wherever
            return cls._gathered(assessment)

    @classmethod
    def _gathered(cls, assessment):
        titles = assessment.framework.level_titles
        indicators = list(indicators_of(assessment.framework).values())
        ratings, earlier = _ratings(assessment), earlier_ratings(assessment)
        return cls(
            cover=Cover.of(assessment),
            framework=FrameworkChapter.of(assessment.framework, indicators, titles),
            process=ProcessChapter.of(assessment, _memberships(assessment)),
            overview=OverviewChapter.of(ratings, titles),
            findings=findings.by_dimension(
                ratings, titles, before=latest_by_code(earlier), records=records_of(ratings)
            ),
            action_plan=PlanChapter.of(_action_points(assessment), until=assessment.year),
            evidence=ProofChapter.of(ratings, _citations(ratings), titles),
            change=ChangeChapter.of(ratings, earlier, titles),
        )


def _standing(assessment: Assessment) -> str:
    standings = {
        "imported": _("Imported from a workbook: neither assessed nor endorsed on this site"),
        "endorsed": _("Endorsed by the UNCT"),
        "submitted": _("Endorsed by the UNCT and submitted to UN Women"),
        "accepted": _("Endorsed by the UNCT and accepted by UN Women"),
    }
    return standings.get(assessment.state, _("Draft: not yet endorsed"))


def _ratings(assessment: Assessment) -> list[IndicatorRating]:
    """The assessment's ratings in order, the origin of a carried one with all its details.

    Own rows and origins come in one go, which halves the queries.
    """
    own = IndicatorRating.objects.filter(assessment=assessment)
    rows = IndicatorRating.objects.filter(
        Q(assessment=assessment) | Q(pk__in=own.filter(origin__isnull=False).values("origin"))
    )
    rows = rows.select_related("assessment__framework", "confirmed_by", "survey", "parity")
    rows = rows.prefetch_related(
        "criterion_findings", "measure_entries", "survey__questions", "parity__counts"
    )
    by_pk = {row.pk: row for row in rows.in_order()}
    say_where_imported(by_pk.values())
    for row in by_pk.values():  # an origin may be on an earlier revision of the edition's texts
        row.indicator = indicators_of(row.assessment.framework)[row.indicator_id]
    ratings = [row for row in by_pk.values() if row.assessment_id == assessment.pk]
    for rating in ratings:
        rating.assessment = assessment
        if rating.origin_id:
            rating.origin = by_pk[rating.origin_id]
    return ratings


def earlier_ratings(assessment: Assessment) -> list[IndicatorRating]:
    """The ratings of all the team's earlier assessments, to be compared with. One query."""
    earlier = Assessment.objects.before(assessment)
    return list(IndicatorRating.objects.filter(assessment__in=earlier).to_compare())


def _memberships(assessment: Assessment) -> list[Membership]:
    serving = Membership.objects.in_team(assessment.team_id).serving_in(assessment.year)
    return list(serving.of_assessment_team())


def _citations(ratings: list[IndicatorRating]) -> list[Citation]:
    return list(Citation.objects.for_ratings([rating.source for rating in ratings]))


def _action_points(assessment: Assessment) -> list[ActionPoint]:
    return list(ActionPoint.objects.of_cycle(assessment.cooperation_framework_id))
