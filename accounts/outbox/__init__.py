"""Mail that is written with a change and leaves after it. notify() is the way in."""

from accounts.outbox.events import Event
from accounts.outbox.posting import notify

__all__ = ["Event", "notify"]
