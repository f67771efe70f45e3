"""Every route of the site and what it takes to use it. The walk holds the site against it.

A route that is not in these tables fails the walk: say here who may use it, then build it.
"""

from dataclasses import dataclass

from accounts.access_table import Capability

GET, POST = "get", "post"


@dataclass(frozen=True, kw_only=True)
class Use:
    """One method of one route.

    capability: None for what every signed-in person may do (about themselves, or public text).
    of_pi: asked for a PI, which may be assigned to the person.
    without_state: no assessment is concerned; it is as if none had begun.
    of_point: asked for an action point, which the person's entity may lead or support.
    of_own_entity: asked for something new of the person's own entity.
    for_team: addressed by what only a team's own people see, so never there for a reviewer.
    of_seat: asked for a seat of the endorsement, which a head of agency holds.
    of_owner: there only for the one person who asked for it; in the walk, the assigned member.
    """

    name: str
    method: str
    arguments: tuple[str, ...] = ()
    capability: Capability | None = Capability.VIEW
    of_pi: bool = False
    of_point: bool = False
    of_own_entity: bool = False
    without_state: bool = False
    for_team: bool = False
    of_seat: bool = False
    of_owner: bool = False


def uses(capability, methods, names, **concerns):
    """One Use for each method and each (name, arguments...) of names."""
    return [
        Use(
            name=name,
            method=method,
            arguments=tuple(arguments),
            capability=capability,
            **concerns,
        )
        for name, *arguments in names
        for method in methods
    ]


PI = ("assessment", "pi")
SITE = [
    *uses(
        None,
        [GET],
        [
            ("assessments:home",),
            ("assessments:tasks",),
            ("scorecard:framework_list",),
            ("scorecard:framework_detail", "edition", "revision"),
            ("scorecard:indicator_detail", "edition", "revision", "pi"),
            ("accounts:account",),
            ("workshop:join",),
            ("evidence:hub",),
        ],
    ),
    *uses(None, [GET, POST], [("accounts:profile",)]),
    *uses(None, [POST], [("text:preview",)]),
    Use(name="jobs:detail", method=GET, arguments=("job",), capability=None, of_owner=True),
    Use(name="jobs:retry", method=POST, arguments=("job",), capability=None, of_owner=True),
    *uses(
        Capability.VIEW,
        [GET],
        [
            ("assessments:team", "team"),
            ("report:comparison", "team"),
            ("assessments:detail", "assessment"),
            ("assessments:indicator", *PI),
            ("assessments:calculator", "assessment", "survey_pi"),
            ("report:detail", "assessment"),
            ("report:checks", "assessment"),
            ("report:pdf", "assessment"),
            ("report:docx", "assessment"),
            ("report:xlsx", "assessment"),
            ("report:json", "assessment"),
            ("report:csv", "assessment"),
            ("report:evidence-csv", "assessment"),
            ("report:bundle", "assessment"),
            ("evidence:document", "document"),
            ("evidence:download", "document"),
        ],
    ),
    *uses(Capability.VIEW, [POST], [("report:prepare", "assessment", "format")]),
    *uses(
        Capability.VIEW_WORK,
        [GET],
        [
            ("assessments:work", "assessment"),
            ("assessments:history", *PI),
            ("assessments:process_history", "assessment"),
            ("assessments:calculator_version", "assessment", "survey_pi", "calculator_version"),
            ("evidence:library", "team"),
            ("evidence:version-download", "document", "earlier_version"),
            ("workbook:upload", "assessment"),
            ("workbook:download", "assessment"),
        ],
        for_team=True,
    ),
    *uses(Capability.UPLOAD_WORKBOOK, [POST], [("workbook:upload", "assessment")], for_team=True),
    *uses(Capability.UPLOAD_WORKBOOK, [GET], [("workbook:dry_run", "scoring_run")], for_team=True),
    *uses(
        Capability.UPLOAD_WORKBOOK,
        [POST],
        [("workbook:write", "scoring_run"), ("workbook:discard", "scoring_run")],
        for_team=True,
    ),
    *uses(
        Capability.IMPORT_HISTORY,
        [GET, POST],
        [("workbook:history_upload", "team"), ("workbook:history_mapping", "history_run")],
        for_team=True,
        without_state=True,
    ),
    *uses(
        Capability.IMPORT_HISTORY,
        [GET],
        [("workbook:history_dry_run", "history_run")],
        for_team=True,
        without_state=True,
    ),
    *uses(
        Capability.IMPORT_HISTORY,
        [POST],
        [("workbook:history_write", "history_run"), ("workbook:history_discard", "history_run")],
        for_team=True,
        without_state=True,
    ),
    *uses(
        Capability.WRITE_FINDINGS,
        [POST],
        [
            ("assessments:indicator", *PI),
            ("assessments:autosave", *PI),
            ("assessments:presence", *PI),
            ("assessments:computed", *PI),
            ("assessments:restore", *PI, "version", "field"),
            ("assessments:calculator", "assessment", "survey_pi"),
            ("assessments:calculator_computed", "assessment", "survey_pi"),
            ("assessments:calculator_take_over", "assessment", "parity_pi"),
        ],
        of_pi=True,
    ),
    *uses(Capability.DESCRIBE, [GET, POST], [("assessments:edit", "assessment")]),
    *uses(
        Capability.DESCRIBE,
        [POST],
        [("assessments:process_restore", "assessment", "process_row", "process_field")],
    ),
    *uses(Capability.SET_UP, [GET, POST], [("assessments:set_up", "team")], without_state=True),
    *uses(Capability.SET_UP, [POST], [("assessments:set_up_dates", "team")], without_state=True),
    *uses(Capability.CHOOSE, [GET, POST], [("assessments:choose", "assessment")]),
    *uses(Capability.CHOOSE, [POST], [("assessments:choose_draft", "assessment")]),
    *uses(Capability.OPEN_SCORING, [GET, POST], [("assessments:open_scoring", "assessment")]),
    *uses(
        Capability.OPEN_CONSOLIDATION,
        [GET, POST],
        [("assessments:open_consolidation", "assessment")],
    ),
    *uses(Capability.REOPEN, [GET, POST], [("assessments:reopen", "assessment")]),
    *uses(
        Capability.CONFIRM,
        [GET, POST],
        [
            ("assessments:confirm", *PI),
            ("assessments:earlier", *PI),
            ("assessments:carry_anew", "assessment"),
        ],
    ),
    *uses(
        Capability.ASSIGN,
        [GET, POST],
        [
            ("assessments:assignments", "assessment"),
            ("assessments:reminder_all", "assessment"),
            ("assessments:reminder", "assessment", "member"),
        ],
    ),
    *uses(
        Capability.PRELIMINARY_RATING,
        [GET, POST],
        [("assessments:preliminary", *PI)],
        for_team=True,
    ),
    *uses(Capability.PRELIMINARY_RATING, [POST], [("assessments:preliminary_computed", *PI)]),
    *uses(Capability.REVEAL, [GET, POST], [("assessments:preliminary_reveal", *PI)]),
    *uses(
        Capability.VIEW_WORK,
        [GET],
        [
            ("workshop:room", "assessment"),
            ("workshop:room_live", "assessment"),
            ("workshop:qr", "assessment"),
            ("workshop:hand", "assessment"),
            ("workshop:hand_live", "assessment"),
            ("workshop:minutes", "assessment"),
        ],
    ),
    *uses(
        Capability.RUN_WORKSHOP,
        [POST],
        [
            ("workshop:start", "assessment"),
            ("workshop:resume", "assessment"),
            ("workshop:delegate", "assessment"),
            ("workshop:show", *PI),
            ("workshop:open", *PI),
            ("workshop:reveal", *PI),
            ("workshop:late", *PI),
            ("workshop:agree", *PI),
            ("workshop:dissent", *PI),
            ("workshop:withdraw", *PI),
        ],
    ),
    *uses(Capability.RUN_WORKSHOP, [GET, POST], [("workshop:close", "assessment")]),
    *uses(
        Capability.VOTE,
        [POST],
        [("workshop:attend", "assessment"), ("workshop:vote", *PI, "round")],
    ),
    *uses(
        Capability.CITE_EVIDENCE,
        [GET, POST],
        [
            ("evidence:indicator-upload", *PI),
            ("evidence:indicator-link", *PI),
            ("evidence:cite", *PI, "document"),
            ("evidence:citation-edit", "citation"),
            ("evidence:citation-remove", "citation"),
        ],
        of_pi=True,
    ),
    *uses(Capability.CITE_EVIDENCE, [GET], [("evidence:cite-list", *PI)], of_pi=True),
    *uses(
        Capability.MANAGE_EVIDENCE,
        [GET, POST],
        [("evidence:upload", "team"), ("evidence:link", "team")],
        without_state=True,
        for_team=True,
    ),
    *uses(
        Capability.MANAGE_EVIDENCE,
        [GET, POST],
        [
            ("evidence:edit", "document"),
            ("evidence:replace", "document"),
            ("evidence:delete", "document"),
        ],
    ),
    *uses(Capability.SHARE_EVIDENCE, [GET, POST], [("evidence:share", "document")]),
    *uses(Capability.SHARE_EVIDENCE, [POST], [("evidence:withdraw", "document")]),
    *uses(None, [GET], [("evidence:hub-download", "shared_document")]),
]

CYCLE = ("team", "first_year")
PLAN = [
    *uses(
        Capability.VIEW_WORK,
        [GET],
        [
            ("actionplan:team", "team"),
            ("actionplan:plan", *CYCLE),
            ("actionplan:what-if", *CYCLE),
            ("actionplan:calendar", *CYCLE),
            ("actionplan:csv", *CYCLE),
            ("actionplan:point", "point"),
        ],
        without_state=True,
        for_team=True,
    ),
    *uses(
        Capability.MANAGE_ACTION_POINTS,
        [GET, POST],
        [("actionplan:add", *CYCLE)],
        of_own_entity=True,
        without_state=True,
        for_team=True,
    ),
    *uses(
        Capability.MANAGE_ACTION_POINTS,
        [GET, POST],
        [
            ("actionplan:edit", "point"),
            ("actionplan:activity", "point", "year"),
            ("actionplan:claim", "point"),
            ("actionplan:drop", "point"),
            ("actionplan:reopen", "dropped_point"),
        ],
        of_point=True,
        without_state=True,
        for_team=True,
    ),
    *uses(
        Capability.MANAGE_ACTION_POINTS,
        [POST],
        [("actionplan:start", "point")],
        of_point=True,
        without_state=True,
        for_team=True,
    ),
    *uses(
        Capability.VERIFY_ACTION_POINTS,
        [GET, POST],
        [("actionplan:verify", "claimed_point")],
        without_state=True,
        for_team=True,
    ),
    *uses(
        Capability.ROLL_OVER_PLAN,
        [GET, POST],
        [("actionplan:roll-over", *CYCLE)],
        without_state=True,
        for_team=True,
    ),
    *uses(
        Capability.ROLL_OVER_PLAN,
        [POST],
        [("actionplan:roll-over-preview", *CYCLE), ("actionplan:roll-over-confirm", *CYCLE)],
        without_state=True,
        for_team=True,
    ),
]
SITE += PLAN

# Of the people of a team, not of an assessment: administrators set teams up and see nothing else.
# Of all teams at once.
BEYOND_TEAMS = [
    *uses(
        Capability.VIEW_WORLD,
        [GET],
        [("world:overview",), ("world:csv",), ("review:queue",)],
        without_state=True,
    ),
    *uses(Capability.SET_DUE_DAY, [POST], [("review:due", "year")], without_state=True),
]

LOG = [
    *uses(
        Capability.VIEW_LOG,
        [GET],
        [("accounts:log", "team")],
        without_state=True,
        for_team=True,
    ),
    *uses(
        Capability.VIEW_LOG,
        [POST],
        [("accounts:log_check", "team")],
        without_state=True,
        for_team=True,
    ),
]
SITE += [*BEYOND_TEAMS, *LOG]

VERSION = ("assessment", "version")
ENDORSEMENT = [
    *uses(
        Capability.VIEW,
        [GET],
        [
            ("endorsement:detail", "assessment"),
            ("endorsement:version", *VERSION),
            ("endorsement:version_pdf", *VERSION),
            ("endorsement:version_json", *VERSION),
        ],
    ),
    *uses(Capability.VIEW_WORK, [GET], [("endorsement:seat", "seat")], for_team=True),
    *uses(Capability.REQUEST_ENDORSEMENT, [GET, POST], [("endorsement:request", "assessment")]),
    *uses(
        Capability.RUN_ENDORSEMENT,
        [GET, POST],
        [("endorsement:new_version", "assessment"), ("endorsement:remind", "assessment")],
    ),
    *uses(Capability.RUN_ENDORSEMENT, [POST], [("endorsement:close", "assessment")]),
    *uses(
        Capability.ENDORSE,
        [POST],
        [
            ("endorsement:endorse", "seat"),
            ("endorsement:object", "seat"),
            ("endorsement:abstain", "seat"),
        ],
        of_seat=True,
        for_team=True,
    ),
    *uses(
        Capability.DELEGATE,
        [GET, POST],
        [("endorsement:delegate", "seat")],
        of_seat=True,
        for_team=True,
    ),
    *uses(
        Capability.DELEGATE,
        [POST],
        [("endorsement:withdraw", "delegation")],
        of_seat=True,
        for_team=True,
    ),
]
SITE += ENDORSEMENT

SUBMISSION = ("assessment", "submission")
REVIEW = [
    *uses(
        Capability.VIEW,
        [GET],
        [
            ("review:detail", "assessment"),
            ("review:comments", "assessment"),
            ("review:comments_xlsx", "assessment"),
            ("review:receipt", *SUBMISSION),
            ("review:bundle", *SUBMISSION),
            ("review:query", "query"),
        ],
    ),
    *uses(Capability.SUBMIT, [GET, POST], [("review:submit", "assessment")]),
    *uses(Capability.ANSWER_QUERY, [POST], [("review:query_answer", "query")]),
    *uses(
        Capability.REVIEW,
        [GET, POST],
        [
            ("review:query_new", "assessment"),
            ("review:return", "assessment"),
            ("review:accept", "assessment"),
        ],
    ),
    *uses(Capability.REVIEW, [POST], [("review:query_close", "query")]),
]
SITE += REVIEW

PEOPLE = [
    *uses(Capability.VIEW, [GET], [("accounts:people", "team")], without_state=True, for_team=True),
    *uses(
        Capability.MANAGE_PEOPLE,
        [GET, POST],
        [
            ("accounts:invite", "team"),
            ("people:role", "team", "membership"),
            ("people:end", "team", "membership"),
        ],
        without_state=True,
        for_team=True,
    ),
    *uses(
        Capability.MANAGE_PEOPLE,
        [POST],
        [("accounts:resend", "invitation"), ("accounts:revoke", "invitation")],
        without_state=True,
        for_team=True,
    ),
]

# The library's own pages about one's own account; their tests are in accounts/ and tests/browser.
ALLAUTH = ("account_", "mfa_", "socialaccount_", "openid_connect_", "usersessions_")
# A signed link is the permission; accounts/tests/test_join.py and test_invitations.py use it, and
# endorsement/tests/test_handed_out.py.
BY_LINK = {
    "report:endorsed_pdf",
    "accounts:join",
    "accounts:join_new",
    "accounts:join_accept",
    "accounts:join_microsoft",
}
# Open to everybody: endorsement/tests/test_verify.py says what they tell.
OPEN = {"endorsement:verify", "endorsement:verify_hash"}
