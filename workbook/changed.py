"""What tells that somebody else came first."""


class ChangedMeanwhile(Exception):
    """Somebody changed the thing on the site after it was read. Nothing was written."""

    def __init__(self, title: str):
        super().__init__(f"{title} was changed by somebody else meanwhile.")
        self.title = title
