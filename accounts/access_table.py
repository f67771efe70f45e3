"""The table of access: capability x role x state, as data. Tests are made from it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.models import Membership

Role = Membership.Role

# The states of an assessment in their order; assessments.models takes them from here.
STATES = {
    "planning": _("Planning"),
    "scoring": _("Scoring"),
    "consolidation": _("Consolidation"),
    "endorsement": _("Endorsement"),
    "endorsed": _("Endorsed"),
    "submitted": _("Submitted"),
    "accepted": _("Accepted"),
    # Beside that order: taken in from a record of an earlier year, and never endorsed here.
    "imported": _("Imported"),
}
IMPORTED = "imported"
ALWAYS = frozenset(STATES)
WHILE_CHOOSING = frozenset({"planning", "scoring"})
WHILE_RATING = frozenset({"scoring", "consolidation"})
# Until then, work on a PI may have to be done again, so somebody must have it.
BEFORE_ENDORSED = frozenset({"planning", "scoring", "consolidation", "endorsement"})
ENDORSED = frozenset({"endorsed", "submitted", "accepted"})
FROZEN = ENDORSED | {"endorsement", IMPORTED}
# What is rated in these stands: later years may carry it over.
SETTLED = ENDORSED | {IMPORTED}
REOPENABLE = frozenset({"endorsement", "endorsed", "submitted"})

# What a team has handed in: from here on UN Women's reviewers see it.
HANDED_IN = frozenset({"submitted", "accepted"})

# Stand in the table beside the roles, but are no membership: people with is_staff, is_reviewer.
ADMINISTRATOR = "administrator"
REVIEWER = "reviewer"
UNTIL_CONSOLIDATED = WHILE_RATING | {"planning"}


class Capability(StrEnum):
    VIEW = "see the team's assessments, evidence and plan"
    VIEW_WORK = "see how the team works: who does what, earlier texts, the whole library"
    WRITE_FINDINGS = "write findings, criteria, measures"
    CITE_EVIDENCE = "cite documents under a PI"
    # Asked with the state of the assessment furthest on its way among those that cite the
    # document, "planning" for one that nothing cites: what was endorsed does not change, yet
    # proof for next year can be gathered at any time.
    MANAGE_EVIDENCE = "add, edit, replace and delete documents"
    SHARE_EVIDENCE = "share documents to the knowledge hub, or withdraw them"
    RECORD_RATING = "record the agreed rating"
    VIEW_WORLD = "see the overview of all teams"
    SET_DUE_DAY = "set the day by which all teams hand in"
    VIEW_LOG = "read the log: who read, took out, decided or changed what"
    MANAGE_PEOPLE = "invite people, change roles, end memberships"
    DESCRIBE = "write the process and the due date"
    PRELIMINARY_RATING = "give an own preliminary rating"
    SET_UP = "set up the assessment of a year"
    CHOOSE = "choose the PIs to reassess"
    CONFIRM = "confirm a carried rating, say where it comes from"
    OPEN_SCORING = "open scoring"
    OPEN_CONSOLIDATION = "open consolidation"
    REOPEN = "reopen what was put up for endorsement, with a reason"
    REVEAL = "reveal the preliminary ratings"
    ASSIGN = "assign PIs to members and remind them"
    IMPORT_HISTORY = "take earlier years in from a workbook"
    UPLOAD_WORKBOOK = "upload a filled-in scoring workbook"
    RUN_WORKSHOP = "start and lead the consolidation workshop"
    VOTE = "vote in the workshop for the own entity"
    # The plan lives through the years, so no state of an assessment closes it. What was written
    # on a year that went to the heads of agency is kept by actionplan/activities.py.
    MANAGE_ACTION_POINTS = "add and change action points, record activities"
    VERIFY_ACTION_POINTS = "verify that an action point of another entity is done"
    ROLL_OVER_PLAN = "carry the action plan into the next Cooperation Framework"
    REQUEST_ENDORSEMENT = "ask the heads of agency to endorse the report"
    RUN_ENDORSEMENT = "remind heads of agency, put a changed report before them"
    # Asked with those who may decide for a seat: its head, and whom the head has named.
    ENDORSE = "endorse, object or abstain for a seat"
    DELEGATE = "name an officer-in-charge for the own seat"
    SUBMIT = "hand the endorsed report in to UN Women"
    REVIEW = "ask about a report, send it back or accept it"
    ANSWER_QUERY = "write in the thread of a query"
    # Also while the report is with the team again: the answers reach the reviewer by mail anyway.
    READ_OWN_QUERY = "read the thread of a query that one asked"


class Scope(StrEnum):
    ALL = "all PIs and action points"
    ASSIGNED = "what is assigned to the member: PIs, or a seat"
    OWN_ENTITY = "action points that the member's entity leads or supports"


@dataclass(frozen=True, kw_only=True)
class Grant:
    states: frozenset[str]
    scope: Scope = Scope.ALL


GRANTS: dict[tuple[str, Capability], Grant] = {
    **{(role, Capability.VIEW): Grant(states=ALWAYS) for role in Role},
    **{(role, Capability.VIEW_WORK): Grant(states=ALWAYS) for role in Role},
    (REVIEWER, Capability.VIEW): Grant(states=HANDED_IN),
    (REVIEWER, Capability.VIEW_WORLD): Grant(states=ALWAYS),
    (REVIEWER, Capability.SET_DUE_DAY): Grant(states=ALWAYS),
    (Role.MEMBER, Capability.WRITE_FINDINGS): Grant(states=WHILE_RATING, scope=Scope.ASSIGNED),
    (Role.COORDINATOR, Capability.WRITE_FINDINGS): Grant(states=WHILE_RATING),
    (Role.MEMBER, Capability.CITE_EVIDENCE): Grant(states=WHILE_RATING, scope=Scope.ASSIGNED),
    (Role.COORDINATOR, Capability.CITE_EVIDENCE): Grant(states=WHILE_RATING),
    (Role.MEMBER, Capability.MANAGE_EVIDENCE): Grant(states=UNTIL_CONSOLIDATED),
    (Role.COORDINATOR, Capability.MANAGE_EVIDENCE): Grant(states=UNTIL_CONSOLIDATED),
    (Role.COORDINATOR, Capability.SHARE_EVIDENCE): Grant(states=ALWAYS),
    (Role.COORDINATOR, Capability.RECORD_RATING): Grant(states=WHILE_RATING),
    (Role.COORDINATOR, Capability.VIEW_LOG): Grant(states=ALWAYS),
    (Role.RESIDENT_COORDINATOR, Capability.VIEW_LOG): Grant(states=ALWAYS),
    (Role.COORDINATOR, Capability.MANAGE_PEOPLE): Grant(states=ALWAYS),
    (ADMINISTRATOR, Capability.MANAGE_PEOPLE): Grant(states=ALWAYS),
    (Role.MEMBER, Capability.PRELIMINARY_RATING): Grant(states=WHILE_RATING),
    (Role.COORDINATOR, Capability.PRELIMINARY_RATING): Grant(states=WHILE_RATING),
    (Role.COORDINATOR, Capability.SET_UP): Grant(states=ALWAYS),
    (Role.COORDINATOR, Capability.CHOOSE): Grant(states=WHILE_CHOOSING),
    (Role.COORDINATOR, Capability.CONFIRM): Grant(states=UNTIL_CONSOLIDATED),
    (Role.COORDINATOR, Capability.OPEN_SCORING): Grant(states=frozenset({"planning"})),
    (Role.COORDINATOR, Capability.OPEN_CONSOLIDATION): Grant(states=frozenset({"scoring"})),
    (Role.COORDINATOR, Capability.REOPEN): Grant(states=REOPENABLE),
    (Role.COORDINATOR, Capability.REVEAL): Grant(states=frozenset({"consolidation"})),
    (Role.COORDINATOR, Capability.RUN_WORKSHOP): Grant(states=frozenset({"consolidation"})),
    (Role.MEMBER, Capability.VOTE): Grant(states=frozenset({"consolidation"})),
    (Role.COORDINATOR, Capability.VOTE): Grant(states=frozenset({"consolidation"})),
    (Role.COORDINATOR, Capability.DESCRIBE): Grant(states=UNTIL_CONSOLIDATED),
    (Role.COORDINATOR, Capability.ASSIGN): Grant(states=UNTIL_CONSOLIDATED),
    (Role.MEMBER, Capability.UPLOAD_WORKBOOK): Grant(states=WHILE_RATING),
    (Role.COORDINATOR, Capability.UPLOAD_WORKBOOK): Grant(states=WHILE_RATING),
    (Role.COORDINATOR, Capability.IMPORT_HISTORY): Grant(states=ALWAYS),
    (Role.MEMBER, Capability.MANAGE_ACTION_POINTS): Grant(states=ALWAYS, scope=Scope.OWN_ENTITY),
    (Role.COORDINATOR, Capability.MANAGE_ACTION_POINTS): Grant(states=ALWAYS),
    (Role.MEMBER, Capability.VERIFY_ACTION_POINTS): Grant(states=ALWAYS),
    (Role.COORDINATOR, Capability.VERIFY_ACTION_POINTS): Grant(states=ALWAYS),
    (Role.COORDINATOR, Capability.ROLL_OVER_PLAN): Grant(states=ALWAYS),
    (Role.COORDINATOR, Capability.REQUEST_ENDORSEMENT): Grant(states=frozenset({"consolidation"})),
    (Role.COORDINATOR, Capability.RUN_ENDORSEMENT): Grant(states=frozenset({"endorsement"})),
    **{
        (role, Capability.ENDORSE): Grant(states=frozenset({"endorsement"}), scope=Scope.ASSIGNED)
        for role in Role
    },
    **{
        (role, Capability.DELEGATE): Grant(states=frozenset({"endorsement"}), scope=Scope.ASSIGNED)
        for role in (Role.HEAD_OF_AGENCY, Role.RESIDENT_COORDINATOR)
    },
    (Role.COORDINATOR, Capability.SUBMIT): Grant(states=frozenset({"endorsed"})),
    (REVIEWER, Capability.REVIEW): Grant(states=frozenset({"submitted"})),
    (Role.COORDINATOR, Capability.ANSWER_QUERY): Grant(
        states=frozenset({"submitted", "consolidation", "endorsement", "endorsed"})
    ),
    (REVIEWER, Capability.ANSWER_QUERY): Grant(states=frozenset({"submitted"})),
    (REVIEWER, Capability.READ_OWN_QUERY): Grant(states=ALWAYS),
}
