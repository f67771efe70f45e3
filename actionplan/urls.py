from django.urls import path

from actionplan.views import activities, files, moves, plans, points, roll_over, what_if

app_name = "actionplan"
urlpatterns = [
    path("teams/<code:code>/plan/", plans.team_plan, name="team"),
    path("teams/<code:code>/plan/<int:first_year>/", plans.plan_detail, name="plan"),
    path("teams/<code:code>/plan/<int:first_year>/add/", points.point_add, name="add"),
    path("teams/<code:code>/plan/<int:first_year>/what-if/", what_if.what_if, name="what-if"),
    path("teams/<code:code>/plan/<int:first_year>/calendar/", files.plan_calendar, name="calendar"),
    path("teams/<code:code>/plan/<int:first_year>/csv/", files.plan_csv, name="csv"),
    path(
        "teams/<code:code>/plan/<int:first_year>/roll-over/", roll_over.roll_over, name="roll-over"
    ),
    path(
        "teams/<code:code>/plan/<int:first_year>/roll-over/preview/",
        roll_over.roll_over_preview,
        name="roll-over-preview",
    ),
    path(
        "teams/<code:code>/plan/<int:first_year>/roll-over/confirm/",
        roll_over.roll_over_confirm,
        name="roll-over-confirm",
    ),
    path("action-points/<int:pk>/", points.point_detail, name="point"),
    path("action-points/<int:pk>/edit/", points.point_edit, name="edit"),
    path(
        "action-points/<int:pk>/activities/<int:year>/", activities.activity_edit, name="activity"
    ),
    path("action-points/<int:pk>/start/", moves.point_start, name="start"),
    path("action-points/<int:pk>/done/", moves.point_claim, name="claim"),
    path("action-points/<int:pk>/verify/", moves.point_verify, name="verify"),
    path("action-points/<int:pk>/drop/", moves.point_drop, name="drop"),
    path("action-points/<int:pk>/reopen/", moves.point_reopen, name="reopen"),
]
