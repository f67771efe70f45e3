from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts import audit
from accounts.audit.log import code_of_entry
from accounts.models import AuditHead, CountryTeam


class Command(BaseCommand):
    help = (
        "Check the log of every team for altered, missing and reordered entries. With --keep, also "
        "against what an earlier run wrote down: keep that file on another machine, and even who "
        "rules the database cannot cut off the end of a log unseen."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--keep", type=Path, help="a file of codes: compared if it is there, then written anew"
        )

    def handle(self, *, keep, **options):
        faults = [
            f"{team.code}: {fault}"
            for team in CountryTeam.objects.order_by("code")
            for fault in audit.faults_of(team)
        ]
        if keep and keep.exists():
            faults += _faults_against(keep)
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError("The log was tampered with. Nothing was written down.")
        heads = list(AuditHead.objects.select_related("team").order_by("team__code"))
        if keep:
            keep.write_text("".join(map(_line, heads)), encoding="utf-8")
        entries = sum(head.number for head in heads)
        self.stdout.write(f"{entries} entries of {len(heads)} teams are as they were written.")


def _line(head) -> str:
    return f"{head.team.code} {head.number} {head.code}\n"


def _faults_against(keep):
    """Yield a sentence for each entry that an earlier run wrote down and that is not there now."""
    teams = {team.code: team for team in CountryTeam.objects.all()}
    for line in keep.read_text(encoding="utf-8").splitlines():
        code, number, noted = line.split()
        if code not in teams or code_of_entry(teams[code], int(number)) != noted:
            yield f"{code}: Entry {number} is not the one that {keep} holds."
