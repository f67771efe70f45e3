"""How fast a report is verified and handed out, beside a static file: python -m bench.verify

A static file of the same size, the page /verify/<sha256> and the endorsed PDF take turns through
the whole site in one process. Measured is processor time, and what counts is the ratio of the
medians: 1.00 is as fast as the static file, the target is 0.5. Load the demo first, and have its
report endorsed.

The PDF is private, which a static file is not: before it is handed out at its signed address
stands, once, who asks, whether they may see it, and the entry in the team's log. That way there
is measured too, and what a click costs, which is both; the target is for the file.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import process_time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scorecard.settings")
os.environ.setdefault("SECRET_KEY", "only-for-measurements")
os.environ.setdefault("HTTPS", "False")  # or every page answers with a redirect
django.setup()

# Models can be imported only after the setup.
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from endorsement.models import Endorsement

TARGET = 0.5
WAY = "the way there"
PLAIN_STATIC_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def measure(client, addresses, rounds) -> dict[str, float]:
    """Return the median time of each address in milliseconds, its body read to the end."""
    times = {name: [] for name in addresses}
    for number in range(rounds + 5):  # the first five warm up and do not count
        for name, address in addresses.items():
            start = process_time()
            response = client.get(address)
            if response.streaming:
                b"".join(response.streaming_content)
            taken = process_time() - start
            if response.status_code != (302 if name == WAY else 200):
                sys.exit(f"{address} answered {response.status_code}.")
            if number >= 5:
                times[name].append(taken * 1000)
    return {name: median(taken) for name, taken in times.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=200, help="how often each is asked for")
    rounds = parser.parse_args().rounds
    endorsement = Endorsement.objects.in_force().with_report().last()
    if endorsement is None:
        sys.exit("No report is endorsed here: load the demo and have its report endorsed.")
    assessment = endorsement.assessment
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "report.pdf").write_bytes(endorsement.pdf.read())
        storages = settings.STORAGES | {"staticfiles": PLAIN_STATIC_FILES}
        with override_settings(
            ALLOWED_HOSTS=["testserver"],
            DEBUG=False,
            STATIC_ROOT=folder,
            STORAGES=storages,
            WHITENOISE_AUTOREFRESH=False,
            WHITENOISE_USE_FINDERS=False,
        ):
            client = Client()
            client.force_login(endorsement.version.made_by)
            way = reverse("report:pdf", args=[assessment.pk])
            addresses = {
                "static file": f"{settings.STATIC_URL}report.pdf",
                "/verify/<sha256>": reverse(
                    "endorsement:verify_hash", args=[endorsement.version.sha256]
                ),
                "endorsed PDF": client.get(way).url,
                WAY: way,
            }
            medians = measure(client, addresses, rounds)
    medians["a click on the PDF"] = medians["endorsed PDF"] + medians[WAY]
    print(f"{assessment}, {connection.vendor}, {rounds} rounds, medians")
    for name, taken in medians.items():
        ratio = medians["static file"] / taken
        has_target = name in ("/verify/<sha256>", "endorsed PDF")
        verdict = f"  under the target of {TARGET}" if has_target and ratio < TARGET else ""
        print(f"  {name:20} {taken:7.2f} ms  {ratio:5.2f} x the static file{verdict}")


if __name__ == "__main__":
    main()
