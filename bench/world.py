"""How long the overview of all teams takes: python -m bench.world

Needs a database that make_world filled. The floor is what no page can go below: session, person,
one query and an empty template. Floor and pages take turns in one process; medians. The clock is
what a person waits for on an idle machine; on a busy one look at the processor's time, which on
PostgreSQL leaves out the server's own.
"""

import argparse
import os
import sys
from statistics import median
from time import perf_counter, process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scorecard.settings")
os.environ.setdefault("SECRET_KEY", "only-for-measurements")
os.environ.setdefault("HTTPS", "False")  # or every page answers with a redirect
django.setup()

# Models can be imported only after the setup.
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.template import Context, Engine
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from accounts.models import CountryTeam, User
from assessments.models import Assessment
from scorecard.urls import urlpatterns as site

WHOLE, FILTERED, QUERIES = 300, 100, 8  # milliseconds, milliseconds, queries
PLAIN_STATIC_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMPTY = Engine().from_string("")


def floor(request):
    CountryTeam.objects.visible_to(request.user).first()
    return HttpResponse(EMPTY.render(Context()))


urlpatterns = [path("floor/", floor), *site]


def addresses() -> dict[str, tuple[str, int | None]]:
    """Return each page with its target in milliseconds."""
    overview, year = reverse("world:overview"), Assessment.objects.latest("year").year - 1
    return {
        "floor": ("/floor/", None),
        "overview": (overview, WHOLE),
        "one region": (f"{overview}?region=africa", FILTERED),
        "one year": (f"{overview}?year={year}", FILTERED),
        "region and edition": (f"{overview}?region=asia_pacific&edition=2023", FILTERED),
        "CSV": (reverse("world:csv"), None),
    }


def measure(client, pages, rounds) -> dict[str, tuple[float, float]]:
    """Return the median times of each page in milliseconds: by the clock, of the processor."""
    times = {name: [] for name in pages}
    for number in range(rounds + 2):  # the first two warm up and do not count
        for name, (address, _target) in pages.items():
            start = perf_counter(), process_time()
            response = client.get(address)
            taken = (perf_counter() - start[0]) * 1000, (process_time() - start[1]) * 1000
            if response.status_code != 200:
                sys.exit(f"{address} answered {response.status_code}.")
            if number >= 2:
                times[name].append(taken)
    return {
        name: tuple(median(column) for column in zip(*taken, strict=True))
        for name, taken in times.items()
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often each page is loaded")
    rounds = parser.parse_args().rounds
    reviewer = User.objects.filter(is_reviewer=True).first()
    if reviewer is None or Assessment.objects.count() < 2:
        sys.exit("Fill an empty database first: manage.py migrate, load_framework x 2, make_world.")
    storages = settings.STORAGES | {"staticfiles": PLAIN_STATIC_FILES}
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"], STORAGES=storages):
        client, pages = Client(), addresses()
        client.force_login(reviewer)
        medians = measure(client, pages, rounds)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(pages["overview"][0])
    print(
        f"{CountryTeam.objects.count()} teams, {Assessment.objects.count()} assessments, "
        f"{connection.vendor}, {rounds} rounds, medians"
    )
    for name, (_address, target) in pages.items():
        clock, processor = medians[name]
        ratio = clock / medians["floor"][0]
        verdict = f"  over the target of {target} ms" if target and clock > target else ""
        times = f"{clock:7.1f} ms, processor {processor:7.1f} ms, {ratio:5.1f} x the floor"
        print(f"  {name:20} {times}{verdict}")
    verdict = "" if len(queries) <= QUERIES else f"  over the target of {QUERIES}"
    print(f"  {len(queries)} queries{verdict}")


if __name__ == "__main__":
    main()
