"""The moves of an assessment from state to state."""


class TransitionRefused(Exception):
    """The move cannot be made now; nothing has changed. The text is for the person."""
