from django.urls import path

from workbook.views import scoring

app_name = "workbook"
urlpatterns = [
    path("assessments/<int:pk>/workbook/", scoring.workbook_upload, name="upload"),
    path("assessments/<int:pk>/workbook/file/", scoring.workbook_download, name="download"),
    path("workbooks/<uuid:pk>/", scoring.run_detail, name="dry_run"),
    path("workbooks/<uuid:pk>/write/", scoring.run_write, name="write"),
    path("workbooks/<uuid:pk>/discard/", scoring.run_discard, name="discard"),
]
