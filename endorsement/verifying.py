"""What this site tells everybody about a report: which it is, and whether it is endorsed."""

import hashlib
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from accounts.access_table import ENDORSED
from accounts.models import CountryTeam
from endorsement.models import Endorsement, ReportVersion
from scorecard.kept_sql import rows


@dataclass(frozen=True, kw_only=True)
class Verified:
    """All that is told of a version that this site knows. newest: the number of the last one."""

    team: str
    year: int
    number: int
    newest: int
    is_endorsed: bool

    @classmethod
    def by_hash(cls, sha256: str) -> "Verified | None":
        """The newest version with this content. One query."""
        return cls._of(rows(_with_content, sha256))

    @classmethod
    def by_pdf(cls, pdf_sha256: str) -> "Verified | None":
        """The newest version with this very PDF."""
        return cls._of(rows(_with_pdf, pdf_sha256))

    @classmethod
    def by_version(cls, pk: int) -> "Verified":
        return cls._of(rows(_itself, pk))

    @classmethod
    def _of(cls, found) -> "Verified | None":
        if not found:
            return None
        ((pk, number, year, state, country, newest, endorsed),) = found
        return cls(
            team=str(CountryTeam(country=country)),
            year=year,
            number=number,
            newest=newest,
            is_endorsed=state in ENDORSED and endorsed == pk,
        )

    @property
    def is_newest(self) -> bool:
        return self.number == self.newest


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What a file is: the endorsed PDF, byte for byte, or one that is not endorsed (any more).

    is_for_decision: it was printed for the heads of agency to decide on, and so without a record.
    """

    verified: Verified
    is_endorsed_file: bool
    is_for_decision: bool

    @classmethod
    def by_hash(cls, pdf_sha256: str) -> "Compared | None":
        endorsements = Endorsement.objects.with_report().filter(pdf_sha256=pdf_sha256)
        if endorsement := endorsements.last():
            in_force = Endorsement.objects.in_force().filter(pk=endorsement.pk).exists()
            verified = Verified.by_version(endorsement.version_id)
            return cls(verified=verified, is_endorsed_file=in_force, is_for_decision=False)
        if verified := Verified.by_pdf(pdf_sha256):
            return cls(verified=verified, is_endorsed_file=False, is_for_decision=True)
        return None


def _with_content(sha256):
    return _told_of(ReportVersion.objects.filter(sha256=sha256))


def _with_pdf(pdf_sha256):
    return _told_of(ReportVersion.objects.filter(pdf_sha256=pdf_sha256))


def _itself(pk):
    return _told_of(ReportVersion.objects.filter(pk=pk))


def _told_of(versions):
    """The newest of the versions first, with all that is told of it."""
    same = ReportVersion.objects.filter(assessment=OuterRef("assessment")).order_by("-number")
    endorsed = Endorsement.objects.filter(version__assessment=OuterRef("assessment"))
    told = versions.order_by("-pk").values_list(
        "pk",
        "number",
        "assessment__year",
        "assessment__state",
        "assessment__team__country",
        Subquery(same.values("number")[:1]),
        Subquery(endorsed.order_by("-pk").values("version")[:1]),
    )
    return told[:1]


def sha256_of(file) -> str:
    """In pieces, so that a large file takes no memory. Nothing of it is kept."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
