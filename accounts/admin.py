from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import CooperationFramework, CountryTeam, Entity, Membership, User
from accounts.outbox import Event, notify
from accounts.transitions import TransitionRefused, require_teams_keep_a_coordinator

# The admin's own sign-in page would go round limits, passkeys and the second step.
admin.site.login = secure_admin_login(admin.site.login)

# Secrets of second steps, addresses taken for proved and providers of sign-in are not to be
# looked at or written by hand.
for model in (Authenticator, EmailAddress, SocialApp, SocialToken, UserSession):
    admin.site.unregister(model)


class PersonForm(UserChangeForm):
    def clean_is_active(self):
        """Runs inside the transaction in which the admin saves."""
        is_active = self.cleaned_data["is_active"]
        if self.instance.is_active and not is_active:
            try:
                require_teams_keep_a_coordinator(self.instance)
            except TransitionRefused as refusal:
                raise ValidationError(str(refusal)) from refusal
        return is_active


class MembershipInline(admin.TabularInline):
    """To look at only: the page of a team's people hands over work and keeps the record."""

    model = Membership
    extra = 0
    fields = ["user", "team", "role", "entity", "ended_on"]

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People by e-mail address: Django's own user admin, without user names."""

    form = PersonForm
    ordering = ["name"]
    list_display = ["name", "email", "is_active", "is_staff", "is_reviewer", "last_login"]
    list_filter = ["is_active", "is_staff", "is_reviewer"]
    search_fields = ["name", "email"]
    fieldsets = [
        (None, {"fields": ["name", "email", "password"]}),
        (_("Access"), {"fields": ["is_active", "is_staff", "is_superuser", "is_reviewer"]}),
    ]
    add_fieldsets = [(None, {"fields": ["name", "email", "password1", "password2"]})]
    inlines = [MembershipInline]
    actions = ["remove_second_steps"]

    @admin.action(
        description=_("Remove passkeys and authenticator app (device lost)"),
        permissions=["change"],
    )
    def remove_second_steps(self, request, people):
        """For people who lost a device. They sign in with password or code, and are told."""
        with transaction.atomic():
            concerned = list(people.filter(authenticator__isnull=False).distinct())
            Authenticator.objects.filter(user__in=concerned).delete()
            for person in concerned:
                what = gettext("Removed passkeys and authenticator app.")
                self.log_change(request, person, what)
            notify(Event.SECOND_STEPS_REMOVED, to=concerned, team=None, by=request.user)
        count = len(concerned)
        said = ngettext("Removed for %(count)s person.", "Removed for %(count)s people.", count)
        self.message_user(request, said % {"count": count})

    def save_model(self, request, person, form, change):
        """A new address takes the place of the old one, which signs in no more."""
        super().save_model(request, person, form, change)
        if "email" in form.changed_data:
            person.prove_address()


@admin.register(Entity)
class EntityAdmin(admin.ModelAdmin):
    list_display = ["acronym", "name"]
    search_fields = ["acronym", "name"]


@admin.register(CountryTeam)
class CountryTeamAdmin(admin.ModelAdmin):
    list_display = ["country", "code", "region", "people"]
    list_filter = ["region"]
    search_fields = ["country", "code"]
    readonly_fields = ["people"]

    @admin.display(description=_("people"))
    def people(self, team):
        if team.pk is None:
            return _("Save the team, then invite its coordinator.")
        return format_html('<a href="{}">{}</a>', team.people_url, _("Invite and manage people"))


@admin.register(CooperationFramework)
class CooperationFrameworkAdmin(admin.ModelAdmin):
    list_display = ["team", "title", "first_year", "last_year"]
    list_filter = ["team"]
