"""The walk itself: what it passes by, no test of what is blind would see."""

import tinyhtml5
from django.http import HttpResponse
from django.test import Client

from assessments.tests.crawler import crawl, links_on, readable, route_of
from assessments.tests.factories import make_assessment, make_person, make_rating

LINKS = {"href", "hx-get", "src", "action"}


def test_links_are_those_that_a_browser_follows(db):
    rating = make_rating(assessment=make_assessment(), code="2.2")
    client = Client()
    client.force_login(make_person(assessment=rating.assessment))
    for address in ("/", rating.assessment.get_absolute_url(), rating.get_absolute_url()):
        page = client.get(address)
        root = tinyhtml5.parse(page.content.decode(), namespace_html_elements=False)
        parts = [part for part in root.iter() if isinstance(part.tag, str)]
        named = {part.get(name) for part in parts for name in LINKS & set(part.keys())}
        within = {link for link in named if link.startswith("/") and "/static/" not in link}
        assert {link.partition("#")[0] for link in within} <= links_on(page, address)


def test_links_are_read_however_they_are_written():
    written = """<a class=x
      href='/one/?a=1&amp;b=2'> <form action="two/"> <img src="//elsewhere.example/three/">
      <i hx-get="/four/#part"> data-href="/five/" <a href="mailto:six@example.org">"""
    found = links_on(HttpResponse(written), "/here/")
    assert found == {"/one/?a=1&b=2", "/here/two/", "/four/"}


def test_of_each_route_so_many_are_visited_and_in_any_case_what_it_is_about(db):
    assessment = make_assessment()
    client = Client()
    client.force_login(make_person(assessment=assessment))
    values = {"pk": [assessment.pk], "code": ["2.2"]}
    about = f"{assessment.get_absolute_url()}indicators/7.1/"
    pages = crawl(client, values=values, of_each=2, about=[about])
    workspace = route_of(about)
    workspaces = [address for address in pages if route_of(address) == workspace]
    assert f"{assessment.get_absolute_url()}indicators/2.2/" in workspaces
    assert about in workspaces
    assert len(workspaces) == 3


def test_the_same_text_reads_the_same_whatever_changes_by_itself():
    pages = [
        HttpResponse(f'<p nonce="{nonce}">Meets</p> <input value="{time}">')
        for nonce, time in [("a", "10:00:00"), ("b", "10:00:01")]
    ]
    assert readable(pages[0]) == readable(pages[1])
    assert readable(pages[0]) != readable(HttpResponse("<p>Missing</p>"))
