"""How long two pages take, as multiples of a bare floor: python -m bench.pages

The floor is what no page can go below: session, person, one query and an empty template,
through the same middleware. Floor and pages take turns in one process, and what counts is the
ratio of the medians. Measured is processor time: on a busy machine the clock tells nothing.
With PostgreSQL the server's own work is therefore left out.
"""

import argparse
import os
import sys
from statistics import median
from time import process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scorecard.settings")
os.environ.setdefault("SECRET_KEY", "only-for-measurements")
os.environ.setdefault("HTTPS", "False")  # or every page answers with a redirect
django.setup()

# Models can be imported only after the setup.
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.template import Context, Engine
from django.test import Client, override_settings
from django.urls import path, reverse

from accounts.models import CountryTeam, Membership
from assessments.models import Assessment
from scorecard.urls import urlpatterns as site

TARGET = 3
PLAIN_STATIC_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMPTY = Engine().from_string("")
MISSING_DEMO = """The demo is missing. Load it first:
  .venv/bin/python manage.py migrate
  .venv/bin/python manage.py load_framework fixtures/unct-swap-2018.yaml
  .venv/bin/python manage.py load_demo"""


def floor(request):
    """Session and person come with the middleware; one query and nothing to show."""
    CountryTeam.objects.visible_to(request.user).first()
    return HttpResponse(EMPTY.render(Context()))


urlpatterns = [path("floor/", floor), *site]


def pages_of(assessment) -> dict[str, str]:
    workspace = "assessments:indicator"
    return {
        "floor": "/floor/",
        "team dashboard": reverse("assessments:team", args=[assessment.team.code]),
        "workspace PI 2.2": reverse(workspace, args=[assessment.pk, "2.2"]),
        "workspace PI 1.3": reverse(workspace, args=[assessment.pk, "1.3"]),
    }


def measure(client, pages, rounds) -> dict[str, float]:
    """Return the median time of each page in milliseconds."""
    times = {name: [] for name in pages}
    for number in range(rounds + 5):  # the first five warm up and do not count
        for name, address in pages.items():
            start = process_time()
            response = client.get(address)
            taken = process_time() - start
            if response.status_code != 200:
                sys.exit(f"{address} answered {response.status_code}.")
            if number >= 5:
                times[name].append(taken * 1000)
    return {name: median(taken) for name, taken in times.items()}


def demo():
    try:
        return Assessment.objects.select_related("team").latest("year")
    except (Assessment.DoesNotExist, DatabaseError):
        sys.exit(MISSING_DEMO)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=200, help="how often each page is loaded")
    rounds = parser.parse_args().rounds
    assessment = demo()
    coordinator = assessment.team.memberships.filter(role=Membership.Role.COORDINATOR).first()
    storages = settings.STORAGES | {"staticfiles": PLAIN_STATIC_FILES}
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"], STORAGES=storages):
        client = Client()
        client.force_login(coordinator.user)
        medians = measure(client, pages_of(assessment), rounds)
    print(f"{assessment}, {connection.vendor}, {rounds} rounds, medians")
    for name, taken in medians.items():
        ratio = taken / medians["floor"]
        verdict = "" if ratio <= TARGET else f"  over the target of {TARGET}"
        print(f"  {name:20} {taken:7.1f} ms  {ratio:5.2f} x the floor{verdict}")


if __name__ == "__main__":
    main()
