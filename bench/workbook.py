"""How long a scoring workbook takes out and in, and the export of a whole world.

    python -m bench.workbook [REPETITIONS]

A full assessment of the demo's team with 60 action points, in a database that is thrown away:
out < 2 s; in, from the bytes to the dry run, < 3 s, once with nothing changed and once with every
finding and every activity changed. Then 132 teams x 8 years x 15 PIs as rows, written in
write-only mode beside plain openpyxl; each in a process of its own, so that its memory is its own.
"""

import os
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

FOLDER = TemporaryDirectory(prefix="bench-workbook-")
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER.name}/bench.sqlite3"
os.environ["MEDIA_ROOT"] = f"{FOLDER.name}/media"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scorecard.settings")

import django

django.setup()

import openpyxl
from django.core.management import call_command
from django.utils import timezone

from accounts.access import access_of
from accounts.models import User
from actionplan.models import ActionPoint
from assessments.models import Assessment
from scorecard.models import Indicator
from workbook.actions import Plan
from workbook.out.book import scoring_workbook
from workbook.ratings_export import heads, write_xlsx
from workbook.receiving import read_in_child, receive
from workbook.scoring_import import check_belongs, scoring_dry_run
from workbook.subjects import Scoring

TEAM, YEAR, COORDINATOR = "KAZ", 2022, "coordinator@kaz.example.org"
POINTS = 60
OUT, IN = 2.0, 3.0  # seconds
WORLD = 132 * 8 * 15
WORDS = ["Annual progress assessment", "Accepted", "2018", "2.2", "Communication & Advocacy"]
LONG = "The mechanism met, its minutes are on file, and the next steps are agreed. " * 12


def main(repetitions: int):
    assessment, user = prepared()
    access = access_of(user, assessment.team, state=assessment.state)

    def out() -> bytes:
        scoring, plan = Scoring.of(assessment, access), Plan.of(assessment, access)
        return scoring_workbook(scoring, plan, made_by=user, made_at=timezone.localtime())

    def dry_run(data: bytes):
        book = read_in_child(receive(BytesIO(data), name="scoring.xlsx", size=len(data)))
        check_belongs(book, assessment)
        return scoring_dry_run(book, assessment, access, choices={})

    same = out()
    changed = filled(same)
    dry_run(same)  # the child starts
    print(f"{len(same) // 1024} kB, {POINTS} action points; median of {repetitions}")
    report("out", timed(out, repetitions), OUT)
    report("in, nothing changed", timed(lambda: dry_run(same), repetitions), IN)
    count = dry_run(changed).change_count
    report(f"in, {count} changes", timed(lambda: dry_run(changed), repetitions), IN)
    world()


def prepared() -> tuple[Assessment, User]:
    call_command("migrate", verbosity=0)
    for edition in ("unct-swap-2018", "unct-swap-2023"):
        call_command("load_framework", f"fixtures/{edition}.yaml", stdout=StringIO())
    call_command("load_demo", stdout=StringIO())
    assessment = Assessment.objects.with_context().get(team__code=TEAM, year=YEAR)
    assessment.indicator_ratings.update(
        is_reassessed=True, origin=None, origin_year=None, origin_note="", findings=LONG
    )
    plan = assessment.cooperation_framework.action_plan
    indicators = list(Indicator.objects.of_framework(assessment.framework))
    first = plan.action_points.count() + 1
    for number in range(first, POINTS + 1):
        ActionPoint.objects.create(
            plan=plan, number=number, indicator=indicators[number % 15], text=LONG
        )
    return assessment, User.objects.get(email=COORDINATOR)


def filled(data: bytes) -> bytes:
    """Every open text changed."""
    book = openpyxl.load_workbook(BytesIO(data))
    for sheet in book:
        names = {cell.value: cell.column for cell in sheet[2]}
        column = names.get("Text") or names.get(f"Undertaken in {YEAR}")
        if column is None:
            continue
        for (cell,) in sheet.iter_rows(min_row=3, min_col=column, max_col=column):
            is_long = isinstance(cell.value, str) and len(cell.value) > 20
            is_activity = "No." in names and sheet.cell(cell.row, 1).value
            if not cell.protection.locked and (is_long or is_activity):
                cell.value = f"{cell.value or ''} Changed."
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def timed(work, repetitions) -> tuple[float, float]:
    """Seconds by the clock and of processor time; of the reading in the child only the clock's."""
    clock, processor = [], []
    for _again in range(repetitions):
        began, busy_before = perf_counter(), process_time()
        work()
        clock.append(perf_counter() - began)
        processor.append(process_time() - busy_before)
    return median(clock), median(processor)


def report(name: str, seconds: tuple[float, float], target: float):
    """The clock decides on a machine that does nothing else; both are shown."""
    clock, processor = seconds
    verdict = "ok" if clock < target else "busy machine" if processor < target else "TOO SLOW"
    print(
        f"{name:24} {clock:6.2f} s ({processor:.2f} s busy)   target < {target:.0f} s   {verdict}"
    )


# The world


def world():
    print(f"\n{WORLD:,} rows of ratings        seconds    memory")
    results = {name: measured(name) for name in ("write-only", "plain")}
    for name, (seconds, megabytes) in results.items():
        print(f"{name:24} {seconds:10.2f} {megabytes:6.0f} MB")
    ours, plain = results["write-only"], results["plain"]
    print(f"{'ratio':24} {ours[0] / plain[0]:10.2f} {ours[1] / plain[1]:9.2f}")


def measured(name: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "bench.workbook", f"--{name}"]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, megabytes = answer.stdout.split()
    return float(seconds), float(megabytes)


def rows():
    for number in range(WORLD):
        year = 2019 + number % 8
        yield ["KAZ", "Kazakhstan", year, *WORDS, "Meets", "Meets", "yes", year]


def write_plain(stream):
    book = openpyxl.Workbook()
    book.active.append(heads())
    for row in rows():
        book.active.append(row)
    book.save(stream)


def one(name: str):
    """Print seconds of processor time and the megabytes by which the process grew."""
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak of starting
    before, began = peak(), process_time()
    with Path(FOLDER.name, "world.xlsx").open("wb") as stream:
        write_xlsx(stream, rows()) if name == "write-only" else write_plain(stream)
    print(process_time() - began, (peak() - before) / 1024)


def peak() -> int:
    """The most memory that this process has held since the peak was forgotten, in kB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    argument = sys.argv[1] if len(sys.argv) > 1 else "5"
    one(argument.removeprefix("--")) if argument.startswith("--") else main(int(argument))
