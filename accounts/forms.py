from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.invitation_lines import MAX_LINES, Problem, read_lines
from accounts.models import Entity, Invitation, Membership, User

Role = Membership.Role
# What people write for a role, beside its own name.
SHORT_ROLES = {"member": Role.MEMBER, "hoa": Role.HEAD_OF_AGENCY, "rc": Role.RESIDENT_COORDINATOR}


def roles_by_name() -> dict[str, str]:
    """Every name of a role, in lower case: as stored, as shown, and short."""
    stored = {role.value: role.value for role in Role}
    shown = {role.label.casefold(): role.value for role in Role}
    return {**stored, **shown, **SHORT_ROLES}


class InvitationForm(forms.Form):
    """One person or many: each line of the list becomes an invitation."""

    people = forms.CharField(
        label=gettext_lazy("Whom do you invite?"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "One person a line: an e-mail address, or a name with the address in <…>. "
            "Role and entity may follow, after semicolons, where they differ from those below."
        ),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role, initial=Role.MEMBER)
    entity = forms.ModelChoiceField(
        label=gettext_lazy("UN entity"), queryset=Entity.objects.all(), required=False
    )

    @property
    def helper(self):
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout(
            "people", "role", "entity", Submit("invite", _("Send the invitations"))
        )
        return helper

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        entities = {entity.acronym: entity for entity in Entity.objects.all()}
        reading = read_lines(cleaned["people"], roles=roles_by_name(), entities=entities)
        sentences = [_sentence(bad) for bad in reading.bad]
        sentences += self._without_entity(reading.people) + self._odd_addresses(reading.people)
        if len(reading.people) > MAX_LINES:
            sentences = [
                _("%(count)s people at once; the limit is %(limit)s. Send the list in parts.")
                % {"count": len(reading.people), "limit": MAX_LINES}
            ]
        for sentence in sentences:
            self.add_error("people", sentence)
        if not sentences:
            cleaned["invitations"] = [self._invitation(row, entities) for row in reading.people]
        return cleaned

    def _without_entity(self, people):
        if self.cleaned_data["entity"]:
            return []
        return [
            _("Line %(line)s: %(email)s has no entity. Write it in the line, or choose one below.")
            % {"line": person.line, "email": person.email}
            for person in people
            if person.entity is None
        ]

    def _odd_addresses(self, people):
        return [
            _("Line %(line)s: “%(part)s” is no e-mail address.")
            % {"line": person.line, "part": person.email}
            for person in people
            if not _is_address(person.email)
        ]

    def _invitation(self, person, entities):
        return Invitation(
            email=person.email,
            name=person.name,
            role=person.role or self.cleaned_data["role"],
            entity=entities[person.entity] if person.entity else self.cleaned_data["entity"],
        )


def _is_address(text) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _sentence(bad) -> str:
    """Why a line cannot be read, for the person who pasted it."""
    sentences = {
        Problem.NO_ADDRESS: _("Line %(line)s: “%(part)s” is no e-mail address."),
        Problem.UNKNOWN_ROLE: _("Line %(line)s: “%(part)s” is no role. Roles: %(roles)s."),
        Problem.UNKNOWN_ENTITY: _(
            "Line %(line)s: no entity “%(part)s” is known here. Write its acronym as in the list "
            "below, or ask an administrator to add it."
        ),
        Problem.TOO_MANY_PARTS: _(
            "Line %(line)s: after address, role and entity nothing may follow, but there is "
            "“%(part)s”. One person a line."
        ),
        Problem.TOO_LONG: _("Line %(line)s: name or address is too long."),
        Problem.REPEATED: _("Line %(line)s: %(part)s stands in the list twice."),
    }
    roles = ", ".join(str(role.label) for role in Role)
    return sentences[bad.problem] % {"line": bad.line, "part": bad.part[:100], "roles": roles}


def invitations_made(invitations) -> str:
    count = len(invitations)
    if count == 1:
        return _("Invitation to %(email)s made.") % {"email": invitations[0].email}
    return ngettext("%(count)s invitation made.", "%(count)s invitations made.", count) % {
        "count": count
    }


class NewPersonForm(forms.Form):
    """Name and password of somebody who accepts an invitation and has no account yet."""

    name = forms.CharField(
        label=gettext_lazy("Your name or functional title"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=gettext_lazy("As it shall stand in the report, for example “Amina B.”."),
    )
    password = forms.CharField(
        label=gettext_lazy("A password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )

    def __init__(self, *args, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    @property
    def helper(self):
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout("name", "password", Submit("join", _("Make my account and join")))
        return helper

    def clean(self):
        cleaned = super().clean()
        if password := cleaned.get("password"):
            person = User(email=self.email, name=cleaned.get("name", ""))
            try:
                validate_password(password, person)
            except ValidationError as refusal:
                self.add_error("password", refusal)
        return cleaned


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "wants_reminders", "news"]
        widgets = {"news": forms.RadioSelect}

    @property
    def helper(self):
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout("name", "wants_reminders", "news", Submit("save", _("Save")))
        return helper
