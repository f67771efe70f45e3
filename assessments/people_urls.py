from django.urls import path

from assessments import people_views

app_name = "people"
urlpatterns = [
    path("teams/<code:code>/people/<int:pk>/role/", people_views.role_edit, name="role"),
    path("teams/<code:code>/people/<int:pk>/end/", people_views.membership_end, name="end"),
]
