"""What a team handed in to UN Women."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from endorsement.models.endorsement import Endorsement
from endorsement.models.files import is_sha256, stored_name
from evidence.storage import private_storage
from scorecard.append_only import AppendOnlyModel, AppendOnlyQuerySet


class SubmissionQuerySet(AppendOnlyQuerySet):
    def of(self, assessment):
        return self.filter(endorsement__version__assessment=assessment).order_by("number")


class Submission(AppendOnlyModel):
    """An endorsed report with its evidence, in one file, as it reached UN Women.

    manifest: the bundle's own list of its files with their SHA-256, canonical JSON.
    """

    endorsement = models.ForeignKey(
        Endorsement, on_delete=models.PROTECT, related_name="submissions"
    )
    number = models.PositiveSmallIntegerField()  # 1, 2 ... of the assessment
    bundle = models.FileField(upload_to=stored_name, storage=private_storage, max_length=200)
    bundle_sha256 = models.CharField(max_length=64)
    bundle_size = models.PositiveBigIntegerField()  # bytes
    manifest = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["endorsement", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["endorsement", "number"], name="submission_number_is_unique"
            ),
            models.CheckConstraint(
                name="submission_has_its_bundle",
                condition=is_sha256("bundle_sha256") & ~Q(bundle="") & ~Q(manifest=""),
            ),
        ]

    def __str__(self):
        return self.receipt

    @property
    def assessment(self):
        return self.endorsement.version.assessment

    @property
    def receipt(self) -> str:
        """The number by which both sides name it: "KAZ-2022-1"."""
        return f"{self.assessment.team.code}-{self.assessment.year}-{self.number}"
