from django.urls import path

from assessments import views
from assessments.calculators import views as calculators
from assessments.cycle import choice_views as choice
from assessments.cycle import move_views as moves
from assessments.cycle import origin_views as origins
from assessments.cycle import set_up_views as set_up
from assessments.preliminary import views as preliminary
from assessments.process import views as process
from assessments.tasks import views as tasks
from assessments.workspace import history_views
from assessments.workspace import views as workspace

app_name = "assessments"
urlpatterns = [
    path("", views.home, name="home"),
    path("teams/<code:code>/", views.team_detail, name="team"),
    path("teams/<code:code>/set-up/", set_up.assessment_create, name="set_up"),
    path("teams/<code:code>/set-up/dates/", set_up.assessment_plan_dates, name="set_up_dates"),
    path("assessments/<int:pk>/choice/", choice.indicator_choose, name="choose"),
    path("assessments/<int:pk>/choice/draft/", choice.rationale_draft, name="choose_draft"),
    path("assessments/<int:pk>/carry-anew/", origins.ratings_carry_anew, name="carry_anew"),
    path("assessments/<int:pk>/scoring/", moves.scoring_open, name="open_scoring"),
    path(
        "assessments/<int:pk>/consolidation/",
        moves.consolidation_open,
        name="open_consolidation",
    ),
    path("assessments/<int:pk>/reopen/", moves.assessment_reopen, name="reopen"),
    path(
        "assessments/<int:pk>/indicators/<code:code>/confirm/",
        origins.rating_confirm,
        name="confirm",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/earlier/",
        origins.earlier_rating_edit,
        name="earlier",
    ),
    path("assessments/<int:pk>/", views.assessment_detail, name="detail"),
    path("assessments/<int:pk>/edit/", process.process_edit, name="edit"),
    path("assessments/<int:pk>/edit/history/", process.process_history, name="process_history"),
    path(
        "assessments/<int:pk>/edit/history/<int:row>/<slug:field>/restore/",
        process.process_restore,
        name="process_restore",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/", workspace.indicator_edit, name="indicator"
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/autosave/",
        workspace.indicator_autosave,
        name="autosave",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/history/",
        history_views.indicator_history,
        name="history",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/history/<int:version>/<slug:field>/restore/",
        history_views.indicator_restore,
        name="restore",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/presence/",
        history_views.indicator_presence,
        name="presence",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/computed/",
        workspace.indicator_computed,
        name="computed",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/calculator/",
        calculators.calculator_edit,
        name="calculator",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/calculator/versions/<int:version>/",
        calculators.calculator_version,
        name="calculator_version",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/calculator/computed/",
        calculators.calculator_computed,
        name="calculator_computed",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/calculator/take-over/",
        calculators.calculator_take_over,
        name="calculator_take_over",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/preliminary/",
        preliminary.preliminary_edit,
        name="preliminary",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/preliminary/computed/",
        preliminary.preliminary_computed,
        name="preliminary_computed",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/preliminary/reveal/",
        preliminary.preliminary_reveal,
        name="preliminary_reveal",
    ),
    path("tasks/", tasks.my_tasks, name="tasks"),
    path("assessments/<int:pk>/work/", tasks.work_list, name="work"),
    path("assessments/<int:pk>/assignments/", tasks.assignment_edit, name="assignments"),
    path("assessments/<int:pk>/reminders/", tasks.reminder_send_all, name="reminder_all"),
    path("assessments/<int:pk>/reminders/<int:person>/", tasks.reminder_send, name="reminder"),
]
