"""Open to everybody: whether a report, known by its hash or as a file, is the endorsed one."""

import hashlib
import re
from functools import lru_cache

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from endorsement.verifying import Compared, Verified, sha256_of
from evidence.filetypes import MAX_BYTES

SHA256 = re.compile(r"[0-9a-f]{64}")


@login_not_required
@require_GET
def report_verify(request, sha256):
    """Asks anew each time how the version stands, so that a later one shows at once."""
    sha256 = sha256.lower()
    verified = Verified.by_hash(sha256)
    page = _kept_page if verified and not settings.DEBUG else _page_of
    content, etag = page(sha256, verified, get_language())
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    response = HttpResponse(content, headers=headers, status=200 if verified else 404)
    return get_conditional_response(request, etag=etag, response=response)


def _page_of(sha256, verified, language) -> tuple[bytes, str]:
    """The page and its ETag, made of nothing else: it is the same for everybody."""
    page = {"sha256": sha256, "verified": verified}
    content = render_to_string("endorsement/verify_hash.html", page).encode()
    return content, f'"{hashlib.sha256(content).hexdigest()}"'


_kept_page = lru_cache(maxsize=1000)(_page_of)


@login_not_required
@require_http_methods(["GET", "POST"])
def file_verify(request):
    if request.method == "GET" and (sha256 := request.GET.get("sha256", "").strip().lower()):
        if SHA256.fullmatch(sha256):
            return redirect("endorsement:verify_hash", sha256)
        return _page(request, refusal=_("A SHA-256 has 64 digits and letters from a to f."))
    if request.method == "GET":
        return render(request, "endorsement/verify.html", {"refusal": "", "is_compared": False})
    if not ratelimit.consume(request, action="verify_file"):
        return _page(request, refusal=_("Too many files from here. Wait a minute."), status=429)
    file = request.FILES.get("file")
    if file is None:
        return _page(request, refusal=_("No file arrived: choose the PDF first."), status=422)
    if file.size > MAX_BYTES:
        return _page(request, refusal=_("The file is larger than any report here."), status=422)
    page = {"refusal": "", "is_compared": True, "compared": Compared.by_hash(sha256_of(file))}
    return render(request, "endorsement/verify.html", page)


def _page(request, *, refusal, status=422):
    page = {"refusal": refusal, "is_compared": False}
    return render(request, "endorsement/verify.html", page, status=status)
