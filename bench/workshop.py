"""Workshops with everybody's phone polling: python -m bench.workshop [--workshops 10 --talk 20]

Starts the site as make demo does (gunicorn, 2 workers of 4 threads) on a database of its own:
SQLite in a temporary folder, or what DATABASE_URL names (bin/with-postgres gives a throw-away
one). In each workshop, browsers (persistent HTTP connections, each with a member's session) ask
for news every three seconds, five to an entity, while the coordinator opens rounds, one person of
every entity votes and every third changes the vote, and the coordinator reveals. Without --talk
one step follows the other at once, all workshops in step, as no people would do it.

Shown: the time of a poll and of a vote as the browser meets it; how long after a reveal the last
browser has it; the server's processor time for an answer, which a busy machine changes less; the
queries of a poll. Session and person are among them.
"""

import argparse
import http.client
import os
import random
import re
import threading
import time
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

# First of all: it chooses the database.
from bench.running import TOKEN, cookies_of, prepare, serve

# isort: split
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import CooperationFramework, CountryTeam, Entity, Membership, User
from assessments.models import Assessment, IndicatorRating
from assessments.workshop import transitions
from scorecard.models import Framework, Indicator

CODES = ["2.2", "3.1", "3.2"]
EVERY = 3.0  # seconds, as the pages do
P95_TARGET, REVEAL_TARGET = 0.200, 4.0
VERSION = re.compile(rb'id="hand-version" name="version" value="([^"]+)"')


class Browser(threading.Thread):
    """One person's phone on the Hand: polls, and votes when told to."""

    def __init__(self, user, workshop, port, entity):
        super().__init__(daemon=True)
        pk = workshop.assessment_id
        self.live = reverse("workshop:hand_live", args=[pk])
        self.entity, self.pk = entity, pk
        self.headers = {"Cookie": cookies_of(user)}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.version, self.shows_result = "0", False
        self.polls, self.votes, self.errors, self.changes = [], [], 0, 0
        self.seen_at = None
        self.wishes, self.over = [], threading.Event()

    def run(self):
        next_at = time.perf_counter() + random.uniform(0, EVERY)
        while not self.over.wait(max(0, next_at - time.perf_counter())):
            next_at += EVERY
            self.poll()
            while self.wishes:
                self.vote(*self.wishes.pop())

    def poll(self):
        asked = urlencode({"version": self.version})
        status, taken, body = self.send("GET", f"{self.live}?{asked}")
        self.polls.append(taken)
        self.take(status, body)

    def vote(self, code, number, rating):
        address = reverse("workshop:vote", args=[self.pk, code, number])
        sent = urlencode({"entity": self.entity.pk, "rating": rating})
        status, taken, body = self.send("POST", address, sent)
        self.votes.append(taken)
        self.take(status, body)

    def take(self, status, body):
        if status == 200:
            self.changes += 1
            self.version = VERSION.search(body)[1].decode()
            shows_result = b'class="steps"' in body
            if shows_result and not self.shows_result:
                self.seen_at = time.perf_counter()
            self.shows_result = shows_result
        elif status != 204:
            self.errors += 1

    def send(self, method, address, body=None):
        headers = self.headers | {"HX-Request": "true", "X-CSRFToken": TOKEN}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        try:
            status, content = self.ask(method, address, body, headers)
        except (ConnectionError, http.client.HTTPException):
            # The server closes what is idle for long; a browser opens it again, too.
            self.connection.close()
            status, content = self.ask(method, address, body, headers)
        return status, time.perf_counter() - start, content

    def ask(self, method, address, body, headers):
        self.connection.request(method, address, body=body, headers=headers)
        response = self.connection.getresponse()
        return response.status, response.read()


class Coordinator(threading.Thread):
    """Leads one workshop through its PIs. talk: seconds before a round is opened and revealed."""

    def __init__(self, user, workshop, port, browsers, talk):
        super().__init__()
        self.pk, self.browsers = workshop.assessment_id, browsers
        self.browser = Browser(user, workshop, port, browsers[0].entity)
        self.talk, self.reveals = talk, []

    def run(self):
        time.sleep(random.uniform(0, self.talk))  # workshops do not begin together
        for code in CODES:
            time.sleep(self.talk)
            self.press("open", code)
            self.let_vote(code)
            time.sleep(self.talk)
            start = time.perf_counter()
            self.press("reveal", code)
            self.reveals.append(self.until_seen(start))

    def press(self, name, code):
        status, _taken, _body = self.browser.send(
            "POST", reverse(f"workshop:{name}", args=[self.pk, code]), "x="
        )
        assert status == 302, status

    def let_vote(self, code):
        """One person of each entity votes within a few seconds; every third changes the vote."""
        voters = list({browser.entity: browser for browser in self.browsers}.values())
        for number, browser in enumerate(voters):
            browser.wishes = [(code, 1, random.randint(1, 4)) for _ in range(1 + (number % 3 == 0))]
        while any(browser.wishes for browser in voters):
            time.sleep(0.05)
        time.sleep(EVERY)

    def until_seen(self, start):
        while not all(browser.shows_result for browser in self.browsers):
            time.sleep(0.02)
            if time.perf_counter() - start > 60:
                raise SystemExit("A reveal was not seen by all within a minute.")
        return max(browser.seen_at for browser in self.browsers) - start


def make_workshop(number, browsers, framework):
    """A team of its own in consolidation. Returns the workshop and (person, entity) of all."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    team = CountryTeam.objects.create(
        code=f"X{letters[number // 26]}{letters[number % 26]}", country=f"Country {number}"
    )
    cycle = CooperationFramework.objects.create(
        team=team, title="Cooperation Framework", first_year=2021, last_year=2025
    )
    assessment = Assessment.objects.create(
        team=team,
        cooperation_framework=cycle,
        framework=framework,
        kind="annual",
        year=2022,
        state="consolidation",
    )
    IndicatorRating.objects.bulk_create(
        IndicatorRating(assessment=assessment, indicator=indicator, is_reassessed=True)
        for indicator in Indicator.objects.of_framework(framework)
    )
    people = []
    for person in range(browsers):
        acronym = f"ENTITY{person // 5}"
        entity = Entity.objects.get_or_create(acronym=acronym, defaults={"name": acronym})[0]
        user = User.objects.create_user(
            f"p{person}.{number}@example.org", None, name=f"Person {person}"
        )
        role = Membership.Role.MEMBER if person else Membership.Role.COORDINATOR
        Membership.objects.create(user=user, team=team, role=role, entity=entity)
        people.append((user, entity))
    return transitions.start(assessment, by=people[0][0]), people


@override_settings(ALLOWED_HOSTS=["testserver"])
def count_queries(workshop, user) -> dict[str, int]:
    """The queries of a poll, by what it finds; the edition has been read before."""
    client = Client()
    client.force_login(user)
    address = reverse("workshop:hand_live", args=[workshop.assessment_id])
    news = {"version": 0}
    held = VERSION.search(client.get(address, news).content)[1].decode()
    counts = {}
    for name, sent in {"nothing new": {"version": held}, "news": news}.items():
        with CaptureQueriesContext(connection) as captured:
            client.get(address, sent)
        counts[name] = len(captured)
    return counts


def show(label, seconds):
    cuts = quantiles(seconds, n=20)
    print(
        f"  {label} {len(seconds):6}   p50 {cuts[9] * 1000:6.1f} ms   p95 {cuts[18] * 1000:6.1f} ms"
    )
    return cuts[18]


def processor_seconds(server) -> float:
    """What the workers have used so far."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    times = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in children]
    return sum(int(row[11]) + int(row[12]) for row in times) / os.sysconf("SC_CLK_TCK")


def run(workshops, browsers, talk, framework):
    made = [make_workshop(number, browsers, framework) for number in range(workshops)]
    with serve() as (server, port):
        rooms = [
            [Browser(user, workshop, port, entity) for user, entity in people]
            for workshop, people in made
        ]
        leaders = [
            Coordinator(people[0][0], workshop, port, room, talk)
            for (workshop, people), room in zip(made, rooms, strict=True)
        ]
        everybody = [browser for room in rooms for browser in room]
        for thread in everybody:
            thread.start()
        time.sleep(EVERY * 5)  # everybody has the page, the workers have read their modules
        for browser in everybody:
            browser.polls = []
        used = processor_seconds(server)
        for thread in leaders:
            thread.start()
        for thread in leaders:
            thread.join()
        for browser in everybody:
            browser.over.set()
        for browser in everybody:
            browser.join()
        used = processor_seconds(server) - used
    return made, everybody, leaders, used


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--workshops", type=int, default=1)
    parser.add_argument("--browsers", type=int, default=60, help="in each workshop")
    parser.add_argument("--talk", type=float, default=0, help="seconds before each step")
    chosen = parser.parse_args()
    prepare()
    made, everybody, leaders, used = run(
        chosen.workshops, chosen.browsers, chosen.talk, Framework.objects.get()
    )
    print(f"{connection.vendor}: {chosen.workshops} workshops x {chosen.browsers} browsers")
    p95 = show("polls", [taken for browser in everybody for taken in browser.polls])
    show("votes", [taken for browser in everybody for taken in browser.votes])
    reveals = [taken for leader in leaders for taken in leader.reveals]
    if len(reveals) < len(leaders) * len(CODES):
        raise SystemExit("Not every round was revealed.")
    print(f"  reveals {len(reveals):5}   seen by all after {max(reveals):.2f} s at the latest")
    print(f"  {sum(browser.errors for browser in everybody)} errors")
    answers = sum(len(browser.polls) + len(browser.votes) for browser in everybody)
    print(f"  {used / answers * 1000:.1f} ms of processor time an answer")
    for name, count in count_queries(made[0][0], made[0][1][0][0]).items():
        print(f"  queries of a poll with {name}: {count}")
    for name, value, target in [("p95", p95, P95_TARGET), ("reveal", max(reveals), REVEAL_TARGET)]:
        if value > target:
            print(f"  {name} over its target of {target} s")


if __name__ == "__main__":
    main()
