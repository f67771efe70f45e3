"""The documents of a team, each stored once."""

from datetime import date
from itertools import groupby

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access_table import STATES
from accounts.models import CountryTeam
from assessments.models import IndicatorRating
from evidence.models.citation import Citation
from evidence.models.content import Content
from scorecard.fields import LongTextField


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The own teams' documents; for a reviewer, what is cited in handed-in reports, too."""
        own = Q(team__in=CountryTeam.objects.visible_to(user))
        cited = Q(pk__in=Citation.objects.visible_to(user).values("document"))
        return self.filter(own | cited if user.is_reviewer else own)

    def in_team(self, team):
        return self.filter(team=team)

    def titled(self, words):
        """Documents in whose title, file name or link every word occurs."""
        for word in words.split():
            self = self.filter(
                Q(title__icontains=word)
                | Q(original_name__icontains=word)
                | Q(link__icontains=word)
            )
        return self

    def of_confidentiality(self, confidentiality):
        return self.filter(confidentiality=confidentiality)

    def cited_by(self, citations):
        return self.filter(pk__in=citations.values("document"))

    def shared(self):
        """Those that everybody who signs in may read."""
        return self.filter(confidentiality=Document.Confidentiality.SHARED)

    def for_hub(self):
        """Fetch what the hub says of a document: the team, and where it is cited."""
        return self.select_related("team").prefetch_related(
            models.Prefetch("citations", Citation.objects.with_places())
        )

    def of_country(self, code):
        return self.filter(team__code=code)

    def with_good_practice(self):
        return self.exclude(good_practice="")

    def mentioning(self, words):
        """Documents in whose title or good-practice note every word occurs."""
        for word in words.split():
            self = self.filter(Q(title__icontains=word) | Q(good_practice__icontains=word))
        return self

    def not_cited(self):
        return self.filter(citations__isnull=True)

    def with_uses(self):
        """Fetch people and citations, so that uses costs no query of its own."""
        return self.select_related("team", "uploaded_by").prefetch_related(
            models.Prefetch("citations", Citation.objects.with_places())
        )

    def holding(self, team, *, sha256):
        """The team's documents that consist of these bytes, or did before they were replaced."""
        earlier = EarlierVersion.objects.filter(document__team=team, sha256=sha256)
        return self.in_team(team).filter(Q(sha256=sha256) | Q(pk__in=earlier.values("document")))

    def linking_to(self, team, *, link):
        return self.in_team(team).filter(link=link)


class Document(Content):
    """Something a team holds as proof. Known by its content: the same bytes exist once a team.

    The row holds the newest content; what it replaced stands in EarlierVersion. Citations hang
    on the document and stay where they are when a newer version comes.
    """

    class Confidentiality(models.TextChoices):
        TEAM = "team", _("Team only")
        SHARED = "shared", _("Shared to the knowledge hub")

    team = models.ForeignKey(CountryTeam, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=200)
    period_from = models.DateField(_("period covered, from"), null=True, blank=True)
    period_to = models.DateField(_("period covered, to"), null=True, blank=True)
    confidentiality = models.CharField(
        max_length=10, choices=Confidentiality, default=Confidentiality.TEAM
    )
    good_practice = LongTextField(_("good practice"))

    objects = DocumentQuerySet.as_manager()

    class Meta(Content.Meta):
        ordering = ["title", "pk"]
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(
                fields=["team", "sha256"],
                condition=~Q(sha256=""),
                name="document_content_is_unique_in_team",
                violation_error_message=_("This team holds the same file already."),
            ),
            models.UniqueConstraint(
                fields=["team", "link"],
                condition=~Q(link=""),
                name="document_link_is_unique_in_team",
                violation_error_message=_("This team holds the same link already."),
            ),
            models.CheckConstraint(
                name="document_period_is_in_order",
                condition=Q(period_from__isnull=True)
                | Q(period_to__isnull=True)
                | Q(period_from__lte=F("period_to")),
                violation_error_message=_("The period covered ends before it begins."),
            ),
            models.CheckConstraint(
                name="document_confidentiality_is_known",
                condition=Q(confidentiality__in=["team", "shared"]),
            ),
            models.CheckConstraint(name="document_has_a_title", condition=~Q(title="")),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("evidence:document", args=[self.pk])

    @property
    def is_shared(self):
        return self.confidentiality == self.Confidentiality.SHARED

    @property
    def categories(self) -> list[str]:
        """The headings under which it is cited, each once."""
        return list(dict.fromkeys(row.category.title for row in self.citations.all()))

    @property
    def period(self) -> tuple[date | None, date | None]:
        return self.period_from, self.period_to

    @property
    def uses(self) -> list[tuple[int, list[IndicatorRating]]]:
        """Where it is cited, newest year first: [(2022, [the PIs in order])]."""
        ratings = {row.indicator_rating_id: row.indicator_rating for row in self.citations.all()}
        by_year = groupby(ratings.values(), key=lambda rating: rating.assessment.year)
        return [(year, list(rows)) for year, rows in by_year]

    def furthest_assessment(self):
        """The assessment furthest on its way to acceptance among those that cite this document."""
        order = list(STATES)
        citations = Citation.objects.filter(document=self).with_places()
        assessments = [row.indicator_rating.assessment for row in citations]
        return max(assessments, key=lambda row: order.index(row.state), default=None)


class EarlierVersion(Content):
    """What a document consisted of before it was replaced. Stays to be downloaded."""

    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="earlier_versions"
    )

    class Meta(Content.Meta):
        ordering = ["document", "-version"]
        constraints = [
            *Content.Meta.constraints,
            models.UniqueConstraint(
                fields=["document", "version"], name="earlier_version_is_unique_in_document"
            ),
        ]

    def __str__(self):
        return gettext("%(title)s, version %(number)s") % {
            "title": self.document,
            "number": self.version,
        }

    @property
    def team(self):
        return self.document.team
