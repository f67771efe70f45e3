"""Visits all that a person can reach by GET, and gives back what can be read there."""

import io
import re
import zipfile
from itertools import product
from urllib.parse import urldefrag, urljoin, urlsplit

import tinyhtml5
from django.urls import URLPattern, get_resolver
from pypdf import PdfReader

PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
# What differs from one answer to the next without telling anything.
CHANGING = re.compile(
    r'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|"token": "[^"]*"|value="\d\d:\d\d:\d\d"'
)
TIMED_PARTS = {"docProps/core.xml"}  # of Word and Excel files: when they were made
TELLING_HEADERS = ["Content-Type", "Content-Disposition", "Location"]
MOST_PAGES = 1500


def crawl(client, *, values, start="/", leave_out=()):
    """Return the text of every page by its address: links from start, and all routes there are.

    values: what to try for each parameter of a route: {"pk": [1, 2], "code": ["2.2"]}.
    leave_out: parts of addresses that are not visited.
    """
    waiting, seen = [start, *_routes(values)], {}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen or any(part in address for part in ("sign-out", "logout", *leave_out)):
            continue
        page = client.get(address)
        seen[address] = readable(page)
        if page.get("Content-Type", "").startswith("text/html"):
            waiting += sorted(_links(page, address) - seen.keys())
        elif 300 <= page.status_code < 400:
            waiting.append(urldefrag(urljoin(address, page["Location"])).url)
    assert not waiting, f"More than {MOST_PAGES} pages: the walk was not finished."
    return seen


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


def _links(page, address):
    root = tinyhtml5.parse(page.content.decode(), namespace_html_elements=False)
    found = {
        part.get(name)
        for part in root.iter()
        for name in ("href", "hx-get", "src", "action")
        if isinstance(part.tag, str) and part.get(name)
    }
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
    if content.startswith(b"%PDF"):
        text = "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = "\n".join(
                archive.read(name).decode(errors="replace")
                for name in archive.namelist()
                if name not in TIMED_PARTS
            )
    else:
        text = content.decode(errors="replace")
    return f"{page.status_code} " + " ".join(CHANGING.sub("", f"{headers}\n{text}").split())
