"""When a mail that no server took is tried again."""

from datetime import timedelta

# From minutes to hours: a server that restarts is met soon, one that is down for a night as well.
PAUSES = [
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=24),
]
# A run that is killed in the middle leaves its mail to the next one after this time.
CLAIM = timedelta(minutes=10)


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None where it is time to give up.

    attempts: 1 after the first.
    """
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
