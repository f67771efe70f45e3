"""What a piece of work is to whoever writes one.

    def make(job: Job, progress: Progress, *, format: str) -> Result:
        progress(_("Gathering the contents"), 1, of=3)
        ...
        return Result(url=reverse("report:pdf", args=[...]), label=_("Download the PDF"))

It runs outside the request where the site has a worker, so it looks for itself at what the person
may do by then. It has no transaction but those it opens.
"""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[..., None]  # progress(step, number, of=all)


@dataclass(frozen=True, kw_only=True)
class Result:
    """url: where on this site what was made is found; label: what a button there says.

    note: what else the person should know, "" for nothing.
    """

    url: str
    label: str
    note: str = ""


class WorkRefused(Exception):
    """It cannot be done. The text says why and what to do, and stands on the page of the job.

    instead: where to go on, where trying the same again would end the same.
    """

    def __init__(self, text: str, *, instead: Result | None = None):
        super().__init__(text)
        self.instead = instead
