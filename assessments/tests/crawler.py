"""Visits all that a person can reach by GET, and gives back what can be read there."""

import io
import re
import zipfile
from collections import Counter, deque
from functools import lru_cache
from html import unescape
from itertools import product
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, URLPattern, get_resolver, resolve
from pypdf import PdfReader

LINK = re.compile(r"""\s(?:href|hx-get|src|action)=(?:"([^"]*)"|'([^']*)')""")
PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
# What differs from one answer to the next without telling anything.
CHANGING = re.compile(
    r'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|"token": "[^"]*"|value="\d\d:\d\d:\d\d"'
)
TIMED_PARTS = {"docProps/core.xml"}  # of Word and Excel files: when they were made
TELLING_HEADERS = ["Content-Type", "Content-Disposition", "Location"]
MOST_PAGES = 1500


def crawl(client, *, values, start="/", leave_out=(), of_each=MOST_PAGES, about=()):
    """Return the text of every page by its address: links from start, and all routes there are.

    values: what to try for each parameter of a route: {"pk": [1, 2], "code": ["2.2"]}.
    leave_out: parts of addresses that are not visited.
    of_each: how many addresses of one route are enough, for a page of one row reads as that of the
    next. Those that values give come first. about: parts of addresses that are visited in any case.
    """
    waiting, seen, met = deque([start, *_routes(values)]), {}, Counter()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.popleft()
        if address in seen or any(part in address for part in ("sign-out", "logout", *leave_out)):
            continue
        route = route_of(address)
        if met[route] >= of_each and not any(part in address for part in about):
            continue
        met[route] += 1
        page = client.get(address)
        seen[address] = readable(page)
        if page.get("Content-Type", "").startswith("text/html"):
            waiting += sorted(links_on(page, address) - seen.keys())
        elif 300 <= page.status_code < 400:
            waiting.append(urldefrag(urljoin(address, page["Location"])).url)
    assert not waiting, f"More than {MOST_PAGES} pages: the walk was not finished."
    return seen


def route_of(address):
    """The route that an address takes; "" for an address that leads nowhere."""
    try:
        return resolve(urlsplit(address).path).route
    except Resolver404:
        return ""


def _routes(values):
    """Yield an address for each route and each set of values that it can take."""
    for route in _patterns(get_resolver()):
        names = [one or other for one, other in PLACE.findall(route)]
        for chosen in product(*(values.get(name, [1]) for name in names)):
            filled = iter(map(str, chosen))
            path = PLACE.sub(lambda _match, filled=filled: next(filled), route)
            yield "/" + path.replace("^", "").replace("$", "").replace("\\Z", "")


def _patterns(resolver, prefix=""):
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path
        else:
            yield from _patterns(entry, path)


def links_on(page, address):
    """What the page leads to, within the site. Read without a parser, which took half the walk."""
    found = (unescape(one or other) for one, other in LINK.findall(page.content.decode()))
    links = {_plain(urldefrag(urljoin(address, link)).url) for link in found}
    return {
        link
        for link in links
        if not urlsplit(link).netloc and not link.startswith(("/static/", "mailto:", "data:"))
    }


def _plain(link):
    """Without the orders and filters of the admin's lists: there are too many of them."""
    return link.partition("?")[0] if link.startswith("/admin/") else link


def readable(page):
    """Return what can be read in an answer, whatever its format, white space put together."""
    content = b"".join(page.streaming_content) if page.streaming else page.content
    headers = "\n".join(f"{name}: {page[name]}" for name in TELLING_HEADERS if name in page)
    text = CHANGING.sub("", f"{headers}\n{_text(content)}")
    return f"{page.status_code} " + " ".join(text.split())


def _text(content):
    if content.startswith(b"%PDF"):
        return _text_of_pdf(content)
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(
            archive.read(name).decode(errors="replace")
            for name in archive.namelist()
            if name not in TIMED_PARTS
        )


@lru_cache(maxsize=32)  # the same PDF is met again and again, and takes a second to read
def _text_of_pdf(content):
    return "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages)
