from django.contrib import admin

from jobs.models import Job


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    """To see what hangs; nothing is changed here."""

    list_display = ["title", "team", "requested_by", "state", "attempt", "requested_at", "heard_at"]
    list_filter = ["state", "team"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
