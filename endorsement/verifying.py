"""What this site tells everybody about a report: which it is, and whether it is endorsed."""

import hashlib
from dataclasses import dataclass

from endorsement.models import Endorsement, ReportVersion


@dataclass(frozen=True, kw_only=True)
class Verified:
    """A version of a report that this site knows. number, newest: of versions."""

    version: ReportVersion
    newest: int
    is_endorsed: bool

    @classmethod
    def by_hash(cls, sha256: str) -> "Verified | None":
        """The newest version with this content. Two queries."""
        version = _known().filter(sha256=sha256).last()
        return version and cls._of(version)

    @classmethod
    def _of(cls, version) -> "Verified":
        numbers = ReportVersion.objects.of(version.assessment_id)
        in_force = Endorsement.objects.in_force().of(version.assessment_id)
        return cls(
            version=version,
            newest=numbers.values_list("number", flat=True).last(),
            is_endorsed=in_force.values_list("version", flat=True).last() == version.pk,
        )

    @property
    def is_newest(self) -> bool:
        return self.version.number == self.newest


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What a file is: the endorsed PDF, byte for byte, or one that is not endorsed (any more)."""

    verified: Verified
    is_endorsed_file: bool

    @classmethod
    def by_hash(cls, pdf_sha256: str) -> "Compared | None":
        endorsements = Endorsement.objects.with_report().filter(pdf_sha256=pdf_sha256)
        if endorsement := endorsements.last():
            in_force = Endorsement.objects.in_force().filter(pk=endorsement.pk).exists()
            verified = Verified._of(endorsement.version)
            return cls(verified=verified, is_endorsed_file=in_force)
        if version := _known().filter(pdf_sha256=pdf_sha256).last():
            return cls(verified=Verified._of(version), is_endorsed_file=False)
        return None


def _known():
    versions = ReportVersion.objects.without_content()
    return versions.select_related("assessment__team").order_by("pk")


def sha256_of(file) -> str:
    """In pieces, so that a large file takes no memory. Nothing of it is kept."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
