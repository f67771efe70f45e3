"""Whether a person may change something here now. The table in accounts/access_table.py decides."""

from dataclasses import replace

from django.utils.translation import gettext as _

from accounts.access import Access, Answer, WrongState, access_of
from accounts.access_table import STATES, Capability
from assessments.models import Assessment

# What nothing cites is as open to change as an assessment that has not begun.
NOT_CITED = next(iter(STATES))


def require_sight_of_work(user, team):
    """Raise Http404 for whoever sees only what the team's reports cite: no drafts are there."""
    access_of(user, team, state=None).require_sight(Capability.VIEW_WORK)


def may_share(user, team) -> bool:
    return access_of(user, team, state=None).allows(Capability.SHARE_EVIDENCE)


def require_sharing(user, team):
    """Raise PermissionDenied unless the person decides what the team shares."""
    access_of(user, team, state=None).require(Capability.SHARE_EVIDENCE)


def may_add(user, team) -> bool:
    return access_of(user, team, state=NOT_CITED).allows(Capability.MANAGE_EVIDENCE)


def require_adding(user, team):
    """Raise PermissionDenied unless the person may add documents to the team's library."""
    access_of(user, team, state=NOT_CITED).require(Capability.MANAGE_EVIDENCE)


def may_change(user, document) -> bool:
    return _access_to(user, document)[0].allows(Capability.MANAGE_EVIDENCE)


def require_changing(user, document):
    """Raise PermissionDenied or WrongState unless the person may change the document now."""
    access, assessment = _access_to(user, document)
    if access.answer(Capability.MANAGE_EVIDENCE) == Answer.NOT_NOW:
        raise WrongState(
            _(
                "“%(title)s” is cited in the assessment of %(year)s, which is in “%(state)s”: "
                "what was endorsed does not change. Add the newer one as a document of its own."
            )
            % {
                "title": document.title,
                "year": assessment.year,
                "state": STATES[assessment.state],
            }
        )
    access.require(Capability.MANAGE_EVIDENCE)


def _access_to(user, document) -> tuple[Access, Assessment | None]:
    """Access in the state of the assessment furthest on its way that cites the document."""
    assessment = document.furthest_assessment()
    state = assessment.state if assessment else NOT_CITED
    return access_of(user, document.team, state=state), assessment


def may_cite(access: Access, rating) -> bool:
    return rating.origin_id is None and access.allows(
        Capability.CITE_EVIDENCE, assigned=rating.assigned_to.all()
    )


def with_permission(user, document):
    """Return [(citation, whether the person may change it now)] of a document, in three queries."""
    access = access_of(user, document.team, state=NOT_CITED)
    return [
        (
            citation,
            may_cite(
                replace(access, state=citation.indicator_rating.assessment.state),
                citation.indicator_rating,
            ),
        )
        for citation in document.citations.visible_to(user).with_places().with_assigned()
    ]


def require_citing(user, rating):
    """Raise PermissionDenied or WrongState unless the person may cite under this PI now.

    Reads the state anew, so that inside a lock it is the present one.
    """
    assessment = Assessment.objects.select_related("team").get(pk=rating.assessment_id)
    access = access_of(user, assessment.team, state=assessment.state)
    access.require(Capability.CITE_EVIDENCE, assigned=rating.assigned_to.all())
    if rating.origin_id is not None:
        raise WrongState(
            _("PI %(code)s is carried over from %(year)s and not reassessed this year.")
            % {"code": rating.indicator.code, "year": rating.last_assessed}
        )
