"""The ways into a workshop: an address with its code, and that address as a QR code."""

import qrcode
from django.urls import reverse
from qrcode.image.svg import SvgPathFillImage


def join_url(request, workshop) -> str:
    path = reverse("workshop:join", query={"code": workshop.code})
    return request.build_absolute_uri(path)


def join_address(request) -> str:
    """The page that asks for the code, as read from a wall: "example.org/workshop/join/"."""
    return request.get_host() + reverse("workshop:join")


def qr_code(text: str) -> bytes:
    """Return an SVG with white ground, made of one path: nothing that the CSP forbids."""
    return qrcode.make(text, image_factory=SvgPathFillImage, border=2).to_string()
