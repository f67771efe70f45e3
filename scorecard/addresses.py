"""Addresses in people's texts: where they stand, and which may become links. Without Django."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

# Not in an address: what Chinese and Japanese write, since no space divides it from the text.
_CJK = "\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_FOUND = re.compile(
    r"(?P<done>\[[^\[\]\n]*\]\([^()\s]*\)|<[^<>\s]*>)"
    rf"|(?<![a-zA-Z0-9])(?P<address>https?://[^\s<>\"“”«»|{_CJK}]+)"
)
_AT_THE_END = ".,;:!?'’*_…]}\\"  # belong to the sentence, or to the markup
_INTERNAL = (".local", ".localhost", ".internal", ".home.arpa")


def with_marked_addresses(text: str) -> str:
    """Write <https://...> for every bare address, which markdown makes a link of."""
    return _FOUND.sub(_marked, text)


def _marked(found: re.Match) -> str:
    if found["done"]:
        return found[0]
    address = found["address"]
    while address.endswith(tuple(_AT_THE_END)) or _closes_a_bracket_before(address):
        address = address[:-1]
    marked = f"<{address}>" if is_safe(address) else address
    return marked + found[0][len(address) :]


def _closes_a_bracket_before(address: str) -> bool:
    return address.endswith(")") and address.count(")") > address.count("(")


def is_safe(url: str) -> bool:
    """Whether a text may link there: the public web or a mailbox, and no sign-in in the address.

    A link that only means something in the reader's own network would read as ours.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # such as "https://[", no address at all
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path
    has_sign_in = "@" in parts.netloc
    return parts.scheme in ("http", "https") and not has_sign_in and _is_public(parts.hostname)


def _is_public(host: str | None) -> bool:
    try:
        return ip_address(host or "").is_global
    except ValueError:  # a name, as it should be
        last = (host or "").rpartition(".")
        return bool(last[0]) and last[2][:1].isalpha() and not host.endswith(_INTERNAL)
