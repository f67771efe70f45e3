from django.urls import path

from scorecard import views

app_name = "scorecard"
urlpatterns = [
    path("", views.framework_list, name="framework_list"),
    path("<slug:code>/<int:revision>/", views.framework_detail, name="framework_detail"),
    path(
        "<slug:code>/<int:revision>/indicators/<code:indicator_code>/",
        views.indicator_detail,
        name="indicator_detail",
    ),
]
