from django.urls import path

from assessments import calculator_views, history_views, preliminary_views, task_views, views

app_name = "assessments"
urlpatterns = [
    path("", views.home, name="home"),
    path("teams/<code:code>/", views.team_detail, name="team"),
    path("assessments/<int:pk>/", views.assessment_detail, name="detail"),
    path("assessments/<int:pk>/edit/", views.assessment_edit, name="edit"),
    path("assessments/<int:pk>/indicators/<code:code>/", views.indicator_edit, name="indicator"),
    path(
        "assessments/<int:pk>/indicators/<code:code>/autosave/",
        views.indicator_autosave,
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
        views.indicator_computed,
        name="computed",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/calculator/",
        calculator_views.calculator_edit,
        name="calculator",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/calculator/computed/",
        calculator_views.calculator_computed,
        name="calculator_computed",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/calculator/take-over/",
        calculator_views.calculator_take_over,
        name="calculator_take_over",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/preliminary/",
        preliminary_views.preliminary_edit,
        name="preliminary",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/preliminary/computed/",
        preliminary_views.preliminary_computed,
        name="preliminary_computed",
    ),
    path(
        "assessments/<int:pk>/indicators/<code:code>/preliminary/reveal/",
        preliminary_views.preliminary_reveal,
        name="preliminary_reveal",
    ),
    path("tasks/", task_views.my_tasks, name="tasks"),
    path("assessments/<int:pk>/work/", task_views.work_list, name="work"),
    path("assessments/<int:pk>/assignments/", task_views.assignment_edit, name="assignments"),
    path("assessments/<int:pk>/reminders/", task_views.reminder_send_all, name="reminder_all"),
    path("assessments/<int:pk>/reminders/<int:person>/", task_views.reminder_send, name="reminder"),
]
