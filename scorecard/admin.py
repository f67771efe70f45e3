from django.contrib import admin

from scorecard.models import Framework


@admin.register(Framework)
class FrameworkAdmin(admin.ModelAdmin):
    """To look at only: load_framework is the way in, and an edition in use never changes."""

    list_display = ["title", "edition", "code", "revision", "loaded_at"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
