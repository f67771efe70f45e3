"""What a document consists of at one time."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from evidence.storage import private_storage

ICONS = {
    "pdf": "file-pdf",
    "docx": "file-word",
    "odt": "file-word",
    "xlsx": "file-excel",
    "ods": "file-excel",
    "csv": "file-excel",
    "txt": "file-text",
    "pptx": "file",
    "odp": "file",
    "png": "image",
    "jpg": "image",
    "webp": "image",
}


def stored_name(content, original_name):
    """Ours, not the uploader's: nothing of a foreign name reaches the disk."""
    return f"evidence/{content.team.code}/{uuid4()}.{content.extension}"


class Content(models.Model):
    """What a document consists of at one time: a file with its facts, or a link."""

    version = models.PositiveSmallIntegerField(default=1)
    file = models.FileField(
        upload_to=stored_name, storage=private_storage, max_length=200, blank=True
    )
    link = models.URLField(max_length=500, blank=True)
    original_name = models.CharField(max_length=255, blank=True)
    extension = models.CharField(max_length=5, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)  # bytes
    sha256 = models.CharField(max_length=64, blank=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_is_either_a_file_or_a_link",
                condition=(
                    Q(link="", size__isnull=False)
                    & ~Q(file="")
                    & ~Q(original_name="")
                    & ~Q(extension="")
                    & ~Q(content_type="")
                    & ~Q(sha256="")
                )
                | (
                    Q(file="", original_name="", extension="", content_type="", sha256="")
                    & Q(size__isnull=True)
                    & ~Q(link="")
                ),
                violation_error_message=_("A document is a file or a link, and never both."),
            ),
            models.CheckConstraint(
                name="%(class)s_link_leads_to_a_web_page",
                condition=Q(link="") | Q(link__regex=r"^https?://"),
                violation_error_message=_("A link begins with http:// or https://."),
            ),
        ]

    @property
    def is_link(self):
        return bool(self.link)

    @property
    def type_name(self) -> str:
        """ "PDF", "DOCX"; "link" for a link."""
        return self.extension.upper() or gettext("link")

    @property
    def icon(self) -> str:
        """The template of the sign that stands before the title."""
        return f"icons/{ICONS.get(self.extension, 'link')}.svg"
