"""How often somebody unknown may have a file compared. Counted in the cache, as sign-ins are."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache

FILES, SECONDS = 10, 60  # from one address


def is_within_limit(request) -> bool:
    key = f"verify:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, SECONDS)
    return cache.incr(key) <= FILES
