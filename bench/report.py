"""How long the demo's report takes as PDF, beside WeasyPrint alone on the same HTML.

    python -m bench.report [REPETITIONS]

Both run in turn, so that only their ratio matters; target <= 1.15. What ours adds is the reading
of the database, the filling of the templates and the way to the child process in which it prints;
they are shown apart. The ratio of processor time, that of the child included, decides: other work
on the machine moves the clock, and hardly that.
"""

import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scorecard.settings")
django.setup()

# Models can be imported only after the setup.
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assessments.models import Assessment
from report.contents import AssessmentReport
from report.html import document
from report.pdf import marks, pdf, printers, styles
from report.printing import options, print_pdf, source

TEAM, YEAR = "KAZ", 2022
TARGET = 1.15
CLICK = 0.3
HOW_TO_LOAD = """The database has no assessment of KAZ in 2022. Load the demo first:
    python manage.py migrate
    python manage.py load_framework fixtures/unct-swap-2018.yaml
    python manage.py load_demo"""


@dataclass(frozen=True, kw_only=True)
class Run:
    """Seconds that the parts of one report took; database is a part of contents.

    processor: the processor time of the whole, without waiting.
    """

    processor: float
    database: float
    contents: float
    templates: float
    printing: float

    @property
    def total(self) -> float:
        return self.contents + self.templates + self.printing


class QueryClock:
    """Sums up the time spent in queries: connection.execute_wrapper(QueryClock())."""

    def __init__(self):
        self.seconds = 0.0
        self.count = 0

    def __call__(self, execute, *arguments):
        start = perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.seconds += perf_counter() - start
            self.count += 1


def run_ours(assessment: Assessment) -> tuple[Run, str, bytes, int]:
    """Return the times, the HTML, the PDF and the number of queries."""
    clock = QueryClock()
    processor = processor_time()
    start = perf_counter()
    with connection.execute_wrapper(clock):
        report = AssessmentReport.of(assessment)
    gathered = perf_counter()
    html = document(report)
    filled = perf_counter()
    printed = pdf(html)
    run = Run(
        database=clock.seconds,
        contents=gathered - start,
        templates=filled - gathered,
        printing=perf_counter() - filled,
        processor=processor_time() - processor,
    )
    return run, html, printed, clock.count


def processor_time() -> float:
    """Seconds used so far by this process and the children that print for it."""
    children = [child.process.pid for child in printers.children]
    ticks = sum(sum(ticks_of(pid)) for pid in children)
    return process_time() + ticks / os.sysconf("SC_CLK_TCK")


def ticks_of(pid: int) -> tuple[int, int]:
    """In its own work and in the system, as Linux counts them."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]), int(fields[12])


def run_weasyprint(html: str) -> tuple[float, float]:
    """Return the seconds that WeasyPrint alone takes: by the clock, of the processor."""
    processor = process_time()
    start = perf_counter()
    source(html, marks()).write_pdf(**options(styles(), marks()))
    return perf_counter() - start, process_time() - processor


def way_to_the_child(html: str) -> float:
    """Return the seconds by which printing in the child is longer than printing here."""
    here, there = [], []
    for _repetition in range(3):
        start = process_time()
        print_pdf(html.encode(), styles=styles(), marks=marks())
        here.append(process_time() - start)
        start = processor_time()
        pdf(html)
        there.append(processor_time() - start)
    return median(there) - median(here)


def click_on_what_is_kept(assessment: Assessment) -> float:
    """Return the seconds of a whole request for the PDF of a report that has not changed."""
    client = Client(headers={"Host": "localhost"})
    client.force_login(User.objects.get(email=f"coordinator@{TEAM.lower()}.example.org"))
    address = reverse("report:pdf", args=[assessment.pk])
    b"".join(client.get(address, secure=True))  # made, if it is not there yet
    times = []
    for _repetition in range(5):
        start = perf_counter()
        b"".join(client.get(address, secure=True))
        times.append(perf_counter() - start)
    return median(times)


def main(repetitions: int):
    assessment = Assessment.objects.filter(team__code=TEAM, year=YEAR).first()
    if assessment is None:
        sys.exit(HOW_TO_LOAD)
    _run, html, printed, queries = run_ours(assessment)  # warm: styles parsed, fonts found
    pages = len(source(html, marks()).render(**options(styles(), marks())).pages)
    ours, alone = [], []
    for _repetition in range(repetitions):
        ours.append(run_ours(assessment)[0])
        alone.append(run_weasyprint(html))
    print(f"way to the child   {way_to_the_child(html):+.3f} s")
    print(f"click, not changed {click_on_what_is_kept(assessment):.3f} s  (target <= {CLICK})")
    show(ours, alone, pages=pages, size=len(printed), queries=queries)


def show(ours: list[Run], alone: list[tuple[float, float]], *, pages: int, size: int, queries: int):
    total, floor = median(run.total for run in ours), median(clock for clock, _cpu in alone)
    ratio = median(run.processor for run in ours) / median(cpu for _clock, cpu in alone)
    print(f"pages              {pages}, {size / 1000:.0f} kB, {queries} queries")
    print(
        f"our PDF            {total:.3f} s  (median of {len(ours)}; {total / pages:.3f} s a page)"
    )
    print(f"WeasyPrint alone   {floor:.3f} s")
    print(f"ratio, clock       {total / floor:.3f}")
    print(f"ratio, processor   {ratio:.3f}  (target <= {TARGET})")
    for part in ("database", "contents", "templates", "printing"):
        seconds = median(getattr(run, part) for run in ours)
        print(f"  {part:16} {seconds:.3f} s  {seconds / total:6.1%}")
    print(f"peak memory        {peak_megabytes():.0f} MB")
    sys.exit(0 if ratio <= TARGET else 1)


def peak_megabytes() -> float:
    """Of this process so far; Linux counts in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
