"""The endorsed report: the version, the record of decisions, and the files that carry both."""

import hashlib

from django.db import models
from django.db.models import Q

from accounts.access_table import ENDORSED
from accounts.models import User
from endorsement.models.files import is_sha256, stored_name
from endorsement.models.version import ReportVersion
from evidence.storage import private_storage
from scorecard.append_only import AppendOnlyModel, AppendOnlyQuerySet


class EndorsementQuerySet(AppendOnlyQuerySet):
    def of(self, assessment):
        return self.filter(version__assessment=assessment).order_by("pk")

    def in_force(self):
        """The newest of each assessment that stands endorsed now."""
        newer = self.model.objects.filter(
            version__assessment=models.OuterRef("version__assessment"), pk__gt=models.OuterRef("pk")
        )
        return self.standing().exclude(models.Exists(newer))

    def standing(self):
        """Of assessments that stand endorsed now; in_force() says which of an assessment's."""
        return self.filter(version__assessment__state__in=ENDORSED)

    def with_assessment(self):
        return self.select_related("version__assessment__team", "version__assessment__framework")

    def with_report(self):
        return self.select_related("version__assessment__team").defer(
            "record", "version__content", "version__difference"
        )


class Endorsement(AppendOnlyModel):
    """A version fulfilled the endorsement rule. Its PDF is what the team hands out from then on.

    record: who decided what on which version, and by which rule, as canonical JSON.
    by: whose decision fulfilled it; None where a deadline passed without objection.
    """

    version = models.ForeignKey(
        ReportVersion, on_delete=models.PROTECT, related_name="endorsements"
    )
    record = models.TextField()
    html = models.FileField(upload_to=stored_name, storage=private_storage, max_length=200)
    html_sha256 = models.CharField(max_length=64)
    pdf = models.FileField(upload_to=stored_name, storage=private_storage, max_length=200)
    pdf_sha256 = models.CharField(max_length=64, db_index=True)
    pdf_size = models.PositiveIntegerField()  # bytes
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                name="endorsement_hashes_are_sha256",
                condition=is_sha256("html_sha256") & is_sha256("pdf_sha256"),
            ),
            models.CheckConstraint(
                name="endorsement_has_its_files",
                condition=~Q(record="") & ~Q(html="") & ~Q(pdf="") & Q(pdf_size__gt=0),
            ),
        ]

    def __str__(self):
        return f"{self.version.assessment}: {self.version}"

    @property
    def assessment(self):
        return self.version.assessment

    @property
    def seals(self) -> dict[str, str]:
        """The SHA-256 of all that is endorsed, by what it is of; the team's log names them too."""
        return {
            "content": self.version.sha256,
            "record": hashlib.sha256(self.record.encode()).hexdigest(),
            "pdf": self.pdf_sha256,
        }
