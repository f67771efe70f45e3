from django.urls import path

from report import download_views as downloads
from report import views

app_name = "report"
_REPORT = "assessments/<int:pk>/report"
urlpatterns = [
    path(f"{_REPORT}/endorsed/<str:word>/", downloads.endorsed_pdf, name="endorsed_pdf"),
    path("assessments/<int:pk>/report/", views.report_detail, name="detail"),
    path("teams/<code:code>/comparison/", views.comparison_detail, name="comparison"),
    path("assessments/<int:pk>/checks/", views.checks_detail, name="checks"),
    path(f"{_REPORT}/pdf/", downloads.report_file, {"key": "pdf"}, name="pdf"),
    path(f"{_REPORT}/docx/", downloads.report_file, {"key": "docx"}, name="docx"),
    path(f"{_REPORT}/xlsx/", downloads.report_file, {"key": "xlsx"}, name="xlsx"),
    path(f"{_REPORT}/json/", downloads.report_file, {"key": "json"}, name="json"),
    path(f"{_REPORT}/ratings.csv", downloads.report_file, {"key": "csv"}, name="csv"),
    path(
        f"{_REPORT}/evidence.csv",
        downloads.report_file,
        {"key": "evidence-csv"},
        name="evidence-csv",
    ),
    path(f"{_REPORT}/bundle/", downloads.report_bundle, name="bundle"),
    path(f"{_REPORT}/<slug:key>/prepare/", downloads.report_prepare, name="prepare"),
]
