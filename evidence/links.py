"""Whether the pages that links lead to still answer. Without Django.

Links are written by people, so that a call must not reach what only this server can reach: its
own network, the machine itself, the cloud's address for passwords. The address is looked up
once, checked, and that very address is called, so that no second look-up can change it.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from enum import StrEnum
from urllib.parse import SplitResult, urljoin, urlsplit

SECONDS = 10
MAX_REDIRECTS = 5
AGENT = "UNCT-SWAP-Scorecard link check"
_REDIRECTS = {301, 302, 303, 307, 308}
_HEAD_NOT_SERVED = {405, 501}
# The page is there, for those who sign in or come later.
_ANSWERS_OTHERS = {401, 403, 429}


class LinkState(StrEnum):
    ALIVE = "alive"
    DEAD = "dead"
    INSIDE = "inside"  # in a private network: not called


def is_public(address: str) -> bool:
    """Whether anybody on the internet can reach the address."""
    ip = ipaddress.ip_address(address)
    if ip.version == 6 and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast


class _Private(Exception):
    """The name leads into a private network."""


def state_of(
    link: str, *, may_call: Callable[[str], bool] = is_public, seconds: float = SECONDS
) -> LinkState:
    """Call the link, and where it redirects to, without reading what comes."""
    try:
        for _redirect in range(MAX_REDIRECTS + 1):
            status, location = _status(urlsplit(link), may_call, seconds)
            if status not in _REDIRECTS or not location:
                is_alive = status < 400 or status in _ANSWERS_OTHERS
                return LinkState.ALIVE if is_alive else LinkState.DEAD
            link = urljoin(link, location)
    except _Private:
        return LinkState.INSIDE
    except (OSError, ValueError, http.client.HTTPException):
        return LinkState.DEAD
    return LinkState.DEAD


def _status(link: SplitResult, may_call, seconds):
    status, location = _ask("HEAD", link, may_call, seconds)
    if status in _HEAD_NOT_SERVED:
        status, location = _ask("GET", link, may_call, seconds)
    return status, location


def _ask(method, link, may_call, seconds):
    connection = _connection(link, may_call, seconds)
    try:
        path = (link.path or "/") + (f"?{link.query}" if link.query else "")
        connection.request(method, path, headers={"User-Agent": AGENT, "Accept": "*/*"})
        response = connection.getresponse()
        return response.status, response.getheader("Location")
    finally:
        connection.close()


def _connection(link, may_call, seconds):
    if link.scheme not in ("http", "https") or not link.hostname:
        raise ValueError(f"{link.geturl()} is no address of a web page.")
    is_secure = link.scheme == "https"
    port = link.port or (443 if is_secure else 80)
    address = _address(link.hostname, port, may_call)
    kind = http.client.HTTPSConnection if is_secure else http.client.HTTPConnection
    connection = kind(link.hostname, port, timeout=seconds)
    plain = socket.create_connection((address, port), timeout=seconds)
    connection.sock = _wrapped(plain, link.hostname) if is_secure else plain
    return connection


def _wrapped(plain, host):
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError:
        plain.close()
        raise


def _address(host, port, may_call):
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [entry[4][0].split("%")[0] for entry in found]
    if not all(map(may_call, addresses)):
        raise _Private(host)
    return addresses[0]
