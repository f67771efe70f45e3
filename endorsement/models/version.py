"""The report as it stood when the heads of agency were asked."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.models import Assessment
from endorsement.models.files import is_sha256, stored_name
from evidence.storage import private_storage
from scorecard.append_only import AppendOnlyModel, AppendOnlyQuerySet
from scorecard.fields import LongTextField


class ReportVersionQuerySet(AppendOnlyQuerySet):
    def of(self, assessment):
        return self.filter(assessment=assessment).order_by("number")

    def without_content(self):
        """Leave out the long texts, which a list does not show."""
        return self.defer("content", "difference")


class ReportVersion(AppendOnlyModel):
    """The report of one assessment at one moment. Written once; decisions are made on it.

    content: the canonical JSON of report/as_json.py. sha256: of its bytes in UTF-8; the hash by
    which the report is known. difference: how it differs from the version before, by field, as
    endorsement/difference.py found it.
    """

    class Change(models.TextChoices):
        FIRST = "first", _("First version")
        EDITORIAL = "editorial", _("Editorial change")
        MATERIAL = "material", _("Material change")

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="report_versions"
    )
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)
    html = models.FileField(upload_to=stored_name, storage=private_storage, max_length=200)
    html_sha256 = models.CharField(max_length=64)
    pdf = models.FileField(upload_to=stored_name, storage=private_storage, max_length=200)
    pdf_sha256 = models.CharField(max_length=64, db_index=True)
    pdf_size = models.PositiveIntegerField()  # bytes
    change = models.CharField(max_length=10, choices=Change)
    is_raised = models.BooleanField(default=False)  # by the coordinator, from editorial to material
    difference = models.JSONField(default=list)
    note = LongTextField()  # the coordinator's word on the change
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "number"], name="report_version_number_is_unique"
            ),
            models.CheckConstraint(
                name="report_version_first_is_number_one",
                condition=Q(number=1, change="first")
                | Q(number__gt=1, change__in=["editorial", "material"]),
                violation_error_message=_("Version 1, and no other, is the first."),
            ),
            models.CheckConstraint(
                name="report_version_only_a_material_class_is_raised",
                condition=Q(is_raised=False) | Q(change="material"),
                violation_error_message=_("A class can be raised to material, never lowered."),
            ),
            models.CheckConstraint(
                name="report_version_hashes_are_sha256",
                condition=is_sha256("sha256") & is_sha256("html_sha256") & is_sha256("pdf_sha256"),
            ),
            models.CheckConstraint(
                name="report_version_has_its_files",
                condition=~Q(content="") & ~Q(html="") & ~Q(pdf="") & Q(pdf_size__gt=0),
            ),
        ]

    def __str__(self):
        return gettext("Version %(number)s") % {"number": self.number}

    def get_absolute_url(self):
        return reverse("endorsement:version", args=[self.assessment_id, self.number])

    @property
    def is_material(self):
        return self.change == self.Change.MATERIAL
