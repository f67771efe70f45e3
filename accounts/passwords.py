from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

OWN_WORDS = ("unct", "swap", "scorecard", "gender", "equality", "women", "nations", "password")
OTHER_CHARACTERS = 8


class OwnWordsValidator:
    """Refuses a password that is little more than the words this site is about."""

    def validate(self, password, user=None):
        rest = password.casefold()
        for word in OWN_WORDS:
            rest = rest.replace(word, "")
        if len(rest) < OTHER_CHARACTERS:
            raise ValidationError(
                _("This password is made of words that everybody connects with this site."),
                code="password_of_own_words",
            )

    def get_help_text(self):
        return _(
            "Besides words such as gender, equality or scorecard it must hold "
            "%(count)s more characters."
        ) % {"count": OTHER_CHARACTERS}
