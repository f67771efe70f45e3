from django.urls import path

from assessments.people import views

app_name = "people"
urlpatterns = [
    path("teams/<code:code>/people/<int:pk>/role/", views.role_edit, name="role"),
    path("teams/<code:code>/people/<int:pk>/end/", views.membership_end, name="end"),
]
