"""What documents are cited for."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, IndicatorRating
from scorecard.models import Criterion, EvidenceCategory
from scorecard.statements import short_name


class CitationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Citations in the assessments that the person sees."""
        seen = Assessment.objects.visible_to(user)
        return self.filter(indicator_rating__assessment__in=seen)

    def for_ratings(self, ratings):
        """Citations under these ratings, by PI and category, documents fetched along."""
        return (
            self.filter(indicator_rating__in=ratings)
            .select_related("document", "category", "criterion")
            .order_by(
                "indicator_rating", "category__position", "document__title", "criterion__position"
            )
        )

    def with_places(self):
        """Fetch where each citation stands; newest year first, then the PIs in their order."""
        return self.select_related(
            "indicator_rating__assessment__team",
            "indicator_rating__indicator__dimension",
            "category",
            "criterion",
        ).order_by(
            "-indicator_rating__assessment__year",
            "indicator_rating__indicator__dimension__number",
            "indicator_rating__indicator__position",
            "criterion__position",
        )

    def with_assigned(self):
        """Fetch to whom the PIs are assigned, which decides who may change the citation."""
        return self.prefetch_related("indicator_rating__assigned_to")

    def under(self, code):
        return self.filter(indicator_rating__indicator__code=code)

    def in_category(self, title):
        return self.filter(category__title=title)

    def expired_before(self, year) -> dict[str, int]:
        """Count by PI code the documents whose period was over before that year began."""
        old = self.filter(document__period_to__lt=date(year, 1, 1)).order_by()
        counted = old.values_list("indicator_rating__indicator__code")
        return dict(counted.annotate(models.Count("document", distinct=True)))

    def in_year(self, year):
        return self.filter(indicator_rating__assessment__year=year)

    def at(self, *, code=None, title=None, year=None):
        """Those that all of the given conditions bind at once."""
        found = self.under(code) if code else self
        found = found.in_category(title) if title else found
        return found.in_year(year) if year else found

    def of_documents(self, documents):
        return self.filter(document__in=documents)

    def places(self):
        """(code of the PI, title of the category, year), each once."""
        return list(
            self.order_by()
            .values_list(
                "indicator_rating__indicator__code",
                "category__title",
                "indicator_rating__assessment__year",
            )
            .distinct()
        )


class Citation(models.Model):
    """One document as proof under one PI, as a whole or for one of its criteria.

    The category stands here and not at the document: one and the same programme document is
    "Joint Program documents" under PI 2.1 and "Communication/Advocacy" under PI 2.2.
    """

    document = models.ForeignKey(
        "evidence.Document", on_delete=models.PROTECT, related_name="citations"
    )
    indicator_rating = models.ForeignKey(
        IndicatorRating, on_delete=models.CASCADE, related_name="citations"
    )
    category = models.ForeignKey(EvidenceCategory, on_delete=models.PROTECT, related_name="+")
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    page = models.CharField(max_length=30, blank=True)  # "12", "12-14", "Annex 2"
    quote = models.TextField(max_length=1000, blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["indicator_rating", "category__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "indicator_rating"],
                condition=Q(criterion__isnull=True),
                name="document_is_cited_once_under_an_indicator",
                violation_error_message=_(
                    "This document is cited under this PI as a whole already."
                ),
            ),
            models.UniqueConstraint(
                fields=["document", "indicator_rating", "criterion"],
                name="document_is_cited_once_for_a_criterion",
                violation_error_message=_("This document is cited for this criterion already."),
            ),
        ]

    def __str__(self):
        return f"{self.document} ({self.category})"

    @property
    def place(self) -> str:
        """The name of its criterion; empty where it stands for the PI as a whole."""
        return short_name(self.criterion) if self.criterion else ""
