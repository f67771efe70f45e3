"""How much the first page weighs on its way: what a slow line has to carry."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.shortcuts import resolve_url

LIMIT = 100_000  # bytes, compressed
LINKED = re.compile(r"""<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)\"""")


@pytest.mark.django_db
def test_first_page_weighs_less_than_100_kb_with_all_that_it_loads(client, settings):
    page = client.get(resolve_url(settings.LOGIN_URL)).content
    linked = LINKED.findall(page.decode())
    prefix = settings.STATIC_URL
    assert linked, "the page links nothing: the pattern is wrong"
    assert all(address.startswith(prefix) for address in linked), linked
    files = [Path(finders.find(address.removeprefix(prefix))) for address in linked]
    weights = {path.name: len(gzip.compress(path.read_bytes(), 6)) for path in files}
    weights["page"] = len(gzip.compress(page, 6))
    assert sum(weights.values()) < LIMIT, weights
