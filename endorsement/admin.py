"""What the administration shows of endorsements: which versions there are, and their hashes.

It shows no report, which administrators do not read, and changes nothing.
"""

from django.contrib import admin

from endorsement.models import Endorsement, ReportingYear, ReportVersion, Submission


class LookOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ReportVersion)
class ReportVersionAdmin(LookOnlyAdmin):
    list_display = ["assessment", "number", "change", "sha256", "made_at"]
    fields = [*list_display, "made_by", "html_sha256", "pdf_sha256", "pdf_size"]
    list_select_related = ["assessment__team"]


@admin.register(Endorsement)
class EndorsementAdmin(LookOnlyAdmin):
    list_display = ["version", "pdf_sha256", "at"]
    fields = [*list_display, "by", "html_sha256", "pdf_size"]
    list_select_related = ["version"]


@admin.register(Submission)
class SubmissionAdmin(LookOnlyAdmin):
    list_display = ["receipt", "bundle_sha256", "at"]
    fields = [*list_display, "by", "bundle_size"]
    list_select_related = ["endorsement__version__assessment__team"]


@admin.register(ReportingYear)
class ReportingYearAdmin(admin.ModelAdmin):
    list_display = ["year", "due"]
