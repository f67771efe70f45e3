from django.urls import path

from scorecard import views

app_name = "text"
urlpatterns = [path("preview/", views.text_preview, name="preview")]
