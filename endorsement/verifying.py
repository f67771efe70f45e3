"""What this site tells everybody about a report: which it is, and whether it is endorsed."""

import hashlib
from dataclasses import dataclass
from functools import cache

from django.db import connection
from django.db.models import OuterRef, Subquery

from accounts.access_table import ENDORSED
from accounts.models import CountryTeam
from endorsement.models import Endorsement, ReportVersion


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
        return cls._first("sha256", sha256)

    @classmethod
    def _first(cls, name: str, value) -> "Verified | None":
        with connection.cursor() as cursor:
            cursor.execute(_sql(connection.vendor, name), [value])
            row = cursor.fetchone()
        if row is None:
            return None
        pk, number, year, state, country, newest, endorsed = row
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
    """What a file is: the endorsed PDF, byte for byte, or one that is not endorsed (any more)."""

    verified: Verified
    is_endorsed_file: bool

    @classmethod
    def by_hash(cls, pdf_sha256: str) -> "Compared | None":
        endorsements = Endorsement.objects.with_report().filter(pdf_sha256=pdf_sha256)
        if endorsement := endorsements.last():
            in_force = Endorsement.objects.in_force().filter(pk=endorsement.pk).exists()
            verified = Verified._first("pk", endorsement.version_id)
            return cls(verified=verified, is_endorsed_file=in_force)
        if verified := Verified._first("pdf_sha256", pdf_sha256):
            return cls(verified=verified, is_endorsed_file=False)
        return None


@cache
def _sql(vendor: str, name: str) -> str:
    """Ask for the newest version whose field has a value, with all that is told of it.

    Kept as SQL, since putting it together takes ten times as long as the answer.
    """
    same = ReportVersion.objects.filter(assessment=OuterRef("assessment")).order_by("-number")
    endorsed = Endorsement.objects.filter(version__assessment=OuterRef("assessment"))
    rows = ReportVersion.objects.filter(**{name: 0}).values_list(
        "pk",
        "number",
        "assessment__year",
        "assessment__state",
        "assessment__team__country",
        Subquery(same.values("number")[:1]),
        Subquery(endorsed.order_by("-pk").values("version")[:1]),
    )
    sql, (_value,) = rows.order_by("-pk")[:1].query.sql_with_params()
    return sql


def sha256_of(file) -> str:
    """In pieces, so that a large file takes no memory. Nothing of it is kept."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
