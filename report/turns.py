"""How many reports one person may have made at a time, so that nobody takes everybody's turn."""

from contextlib import contextmanager

from django.core.cache import cache
from django.utils.translation import gettext as _

MOST_AT_ONCE = 3
FREE_AGAIN = 5 * 60  # seconds after which a turn ends whose process was killed


class TooManyAtOnce(Exception):
    """Not now. The text is for the person."""


@contextmanager
def turn(user):
    """Hold one of the person's turns. Raises TooManyAtOnce when all are taken."""
    keys = [f"report-turn-{user.pk}-{number}" for number in range(MOST_AT_ONCE)]
    mine = next((key for key in keys if cache.add(key, True, FREE_AGAIN)), None)
    if mine is None:
        raise TooManyAtOnce(
            _(
                "%(count)s reports are being made for you already. Wait until one of them is "
                "there, then try again."
            )
            % {"count": MOST_AT_ONCE}
        )
    try:
        yield
    finally:
        cache.delete(mine)
