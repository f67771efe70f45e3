import pytest
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import identify_hasher, make_password
from django.core.exceptions import ValidationError

from accounts.models import User
from scorecard import settings as written


@pytest.mark.parametrize(
    "password",
    ["gender-equality", "UNCT-SWAP-Scorecard", "PasswordGender", "womengenderscorecard7"],
)
def test_words_of_this_site_alone_make_no_password(password):
    with pytest.raises(ValidationError, match="everybody connects with this site"):
        password_validation.validate_password(password)


@pytest.mark.parametrize("password", ["seven brown kettles", "gender kettle armchair"])
def test_a_password_with_something_of_its_own_is_taken(password):
    password_validation.validate_password(password)


def test_a_password_of_the_own_name_or_address_is_refused():
    person = User(name="Aigerim Sadykova", email="gender.specialist@undp.org")
    for password in ["aigerim sadykova", "gender.specialist1"]:
        with pytest.raises(ValidationError, match="too similar"):
            password_validation.validate_password(password, person)


def test_a_password_has_at_least_twelve_characters():
    with pytest.raises(ValidationError, match="at least 12 characters"):
        password_validation.validate_password("brown kettl")


def test_passwords_are_stored_by_argon2(settings):
    settings.PASSWORD_HASHERS = written.PASSWORD_HASHERS
    assert identify_hasher(make_password("seven brown kettles")).algorithm == "argon2"
