from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    # Tried in this order: what is polled or has to be as fast as a file stands first.
    path("", include("assessments.workshop.urls")),
    path("", include("endorsement.urls")),
    path("", include("report.urls")),
    path("", include("assessments.urls")),
    path("", include("evidence.urls")),
    path("", include("workbook.urls")),
    path("", include("actionplan.urls")),
    path("", include("jobs.urls")),
    path("", include("endorsement.review.urls")),
    path("frameworks/", include("scorecard.framework_urls")),
    path("", include("scorecard.text_urls")),
    path("", include("accounts.sign_in_urls")),
    path("", include("accounts.urls")),
    path("", include("assessments.people.urls")),
    path("", include("endorsement.world.urls")),
    path("admin/", admin.site.urls),
]
