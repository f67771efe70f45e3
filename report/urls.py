from django.urls import path

from report import views

app_name = "report"
urlpatterns = [
    path("assessments/<int:pk>/report/", views.report_detail, name="detail"),
    path("teams/<code:code>/comparison/", views.comparison_detail, name="comparison"),
    path("assessments/<int:pk>/checks/", views.checks_detail, name="checks"),
    path("assessments/<int:pk>/report/pdf/", views.report_pdf, name="pdf"),
    path("assessments/<int:pk>/report/json/", views.report_json, name="json"),
]
