"""Fifty members saving at once: python -m bench.autosave [--members 50] [--saves 40]

Starts the site as make demo does (gunicorn, 2 workers of 4 threads) on a database of its own:
SQLite in a temporary folder, or what DATABASE_URL names (bin/with-postgres gives a throw-away
one). Every member saves one field of a PI again and again, several members to a PI and field, so
that conflicts must arise. A conflict is answered as a person would: mine, then on.

Counted: answers that are no answer (errors), acknowledged saves whose text is not in the history
(lost), conflicts told. The times stand beside the floor: a page that reads session and person,
asks one query and is not found.
"""

import argparse
import http.client
import json
import threading
import time
from collections import Counter
from statistics import quantiles
from urllib.parse import urlencode

# First of all: it chooses the database.
from bench.running import TOKEN, cookies_of, prepare, serve

# isort: split
from django.db import connection

from accounts.models import Entity, Membership, User
from assessments.models import Assessment, IndicatorRating


class Member(threading.Thread):
    """One person who saves a field again and again, as the page's script does."""

    def __init__(self, number, user, rating, saves, port):
        super().__init__()
        self.number, self.saves = number, saves
        self.address = f"{rating.get_absolute_url()}autosave/"
        self.version = str(rating.version)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {
            "Cookie": cookies_of(user),
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.times, self.floor, self.acknowledged = [], [], []
        self.outcomes = Counter()

    def run(self):
        for number in range(self.saves):
            self.save(f"Member {self.number}, text {number}. " + "Words that fill it. " * 60)
            status, taken, _body = self.send("GET", "/teams/XXX/")
            self.floor.append(taken)
            self.outcomes["errors"] += status != 404

    def save(self, text):
        for _attempt in range(30):
            fields = {"version": self.version, "findings": text}
            status, taken, body = self.send("POST", self.address, urlencode(fields))
            self.times.append(taken)
            if status not in (200, 409):
                self.outcomes["errors"] += 1
                return
            self.version = str(json.loads(body)["version"])
            if status == 200:
                self.acknowledged.append(text.strip())
                return
            self.outcomes["conflicts told"] += 1
        self.outcomes["given up"] += 1

    def send(self, method, address, body=None):
        start = time.perf_counter()
        self.connection.request(method, address, body=body, headers=self.headers)
        response = self.connection.getresponse()
        content = response.read()
        return response.status, time.perf_counter() - start, content


def make_members(assessment, count):
    """Members with the right to write everywhere, so that they can meet in one field."""
    entity = Entity.objects.first()
    for number in range(count):
        user = User.objects.create_user(f"m{number}@example.org", None, name=f"Member {number}")
        yield Membership.objects.create(
            user=user, team=assessment.team, role=Membership.Role.COORDINATOR, entity=entity
        ).user


def lost(members) -> int:
    """Acknowledged texts that no version of any PI holds."""
    kept = set(IndicatorRating.history.values_list("findings", flat=True))
    return sum(text not in kept for member in members for text in member.acknowledged)


def show(label, seconds):
    cuts = quantiles(seconds, n=20)
    print(f"  {label:8} p50 {cuts[9] * 1000:7.1f} ms   p95 {cuts[18] * 1000:7.1f} ms")
    return cuts[9], cuts[18]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--members", type=int, default=50)
    parser.add_argument("--saves", type=int, default=40)
    chosen = parser.parse_args()
    static = ("collectstatic", "--noinput", "--verbosity", "0")
    prepare(("createcachetable",), ("load_demo",), static)
    assessment = Assessment.objects.get()
    ratings = list(assessment.indicator_ratings.select_related("indicator"))
    with serve() as (_server, port):
        members = [
            Member(number, user, ratings[number % len(ratings)], chosen.saves, port)
            for number, user in enumerate(make_members(assessment, chosen.members))
        ]
        start = time.perf_counter()
        for member in members:
            member.start()
        for member in members:
            member.join()
        taken = time.perf_counter() - start
    outcomes = sum((member.outcomes for member in members), Counter())
    saved = sum(len(member.acknowledged) for member in members)
    print(f"{connection.vendor}: {chosen.members} members x {chosen.saves} saves, {taken:.1f} s")
    print(f"  {saved} acknowledged, {saved / taken:.0f} a second, {lost(members)} lost")
    print(
        f"  {outcomes['errors']} errors, {outcomes['conflicts told']} conflicts told, "
        f"{outcomes['given up']} given up after 30 of them"
    )
    floor = show("floor", [time for member in members for time in member.floor])
    saves = show("save", [time for member in members for time in member.times])
    print(f"  save / floor: p50 {saves[0] / floor[0]:.1f}, p95 {saves[1] / floor[1]:.1f}")


if __name__ == "__main__":
    main()
