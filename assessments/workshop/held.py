"""What a Hand shows, told by a signed word that its page sends with each poll.

Phones ask every three seconds, and hardly ever is anything new. As the page says itself whose Hand
it is and what that shows, "nothing new" takes one query, and nobody need be asked who they are.
Whoever sends the word of another page learns no more than that nothing has changed there.
"""

from collections.abc import Collection
from datetime import UTC, datetime

from django.core.signing import BadSignature, Signer

from accounts.models import Entity
from assessments.models import Workshop
from assessments.workshop.ballots import last_vote_of
from assessments.workshop.moves import ALLOWED_FROM
from scorecard.kept_sql import rows

SIGNER = Signer(salt="assessments.workshop.held")


def held(workshop: Workshop, mine: Collection[Entity], last_vote: datetime | None) -> str:
    """last_vote: when one of the own entities last voted on the current PI."""
    entities = [entity.pk for entity in mine]
    shows = _shows(workshop.hands_version, last_vote)
    return SIGNER.sign_object([workshop.assessment_id, entities, shows])


def is_still_so(word: str, assessment: int) -> bool:
    """Whether the Hand that sends this word would show the same; False once all is over."""
    try:
        of_assessment, entities, shows = SIGNER.unsign_object(word)
    except BadSignature:
        return False
    if of_assessment != assessment:
        return False
    return any(_shows(*now) == shows for now in rows(_running, assessment, entities))


def _running(assessment, entities):
    running = Workshop.objects.filter(
        assessment=assessment, assessment__state=ALLOWED_FROM, closed_at__isnull=True
    )
    return running.order_by().values_list("hands_version", last_vote_of(entities))


def _shows(hands_version, last_vote):
    """last_vote: as the database gives it, SQLite as text in UTC."""
    if isinstance(last_vote, datetime):
        last_vote = last_vote.astimezone(UTC).replace(tzinfo=None)
    return [hands_version, str(last_vote or "")]
