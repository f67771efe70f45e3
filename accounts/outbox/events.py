"""What people are told of by mail. Each event has its text in templates/mail/<event>.txt."""

from enum import StrEnum


class Event(StrEnum):
    """ASKING events want something done and come at once, to everybody. The rest is news."""

    TO_DECIDE = "to_decide"
    TO_MEND = "to_mend"
    TO_TAKE_IN = "to_take_in"
    TO_SUBMIT = "to_submit"
    SUBMITTED = "submitted"
    QUERY_ASKED = "query_asked"
    QUERY_ANSWERED = "query_answered"
    RETURNED = "returned"
    ASSIGNED = "assigned"
    TO_VERIFY = "to_verify"
    INDICATORS_HANDED_OVER = "indicators_handed_over"
    MEMBERSHIP_ENDED = "membership_ended"
    SECOND_STEPS_REMOVED = "second_steps_removed"
    MOVED = "moved"
    ACCEPTED = "accepted"

    @property
    def can_wait(self) -> bool:
        return self in NEWS


# Whether somebody was asked or told already is read from these mails, in a year that may go on.
REMEMBERED = {Event.TO_DECIDE, Event.TO_TAKE_IN}
NEWS = {Event.MOVED, Event.ACCEPTED, Event.ASSIGNED, Event.TO_VERIFY}
