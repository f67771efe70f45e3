from django.urls import path

from assessments import views
from assessments.calculators import views as calculators
from assessments.preliminary import views as preliminary
from assessments.tasks import views as tasks
from assessments.workspace import history_views
from assessments.workspace import views as workspace

app_name = "assessments"
urlpatterns = [
    path("", views.home, name="home"),
    path("teams/<code:code>/", views.team_detail, name="team"),
    path("assessments/<int:pk>/", views.assessment_detail, name="detail"),
    path("assessments/<int:pk>/edit/", views.assessment_edit, name="edit"),
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
