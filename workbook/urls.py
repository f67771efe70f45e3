from django.urls import path

from workbook.views import history, scoring

app_name = "workbook"
urlpatterns = [
    path("assessments/<int:pk>/workbook/", scoring.workbook_upload, name="upload"),
    path("assessments/<int:pk>/workbook/file/", scoring.workbook_download, name="download"),
    path("workbooks/<uuid:pk>/", scoring.run_detail, name="dry_run"),
    path("workbooks/<uuid:pk>/write/", scoring.run_write, name="write"),
    path("workbooks/<uuid:pk>/discard/", scoring.run_discard, name="discard"),
    path("teams/<code:code>/earlier-years/", history.history_upload, name="history_upload"),
    path("earlier-years/<uuid:pk>/", history.history_dry_run, name="history_dry_run"),
    path("earlier-years/<uuid:pk>/columns/", history.history_mapping, name="history_mapping"),
    path("earlier-years/<uuid:pk>/write/", history.history_write, name="history_write"),
    path("earlier-years/<uuid:pk>/discard/", history.history_discard, name="history_discard"),
]
