from django.urls import path

from endorsement.world import views

app_name = "world"
urlpatterns = [
    path("world/", views.overview, name="overview"),
    path("world/csv/", views.overview_csv, name="csv"),
]
