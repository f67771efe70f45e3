import pytest
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def sign_in(client, *, email="person@example.org", password=PASSWORD, follow=True):
    return client.post(
        reverse("account_login"), {"login": email, "password": password}, follow=follow
    )


def test_sign_in_leads_to_my_teams(client):
    user = make_user(email="person@example.org")
    response = sign_in(client)
    assert response.redirect_chain == [(reverse("assessments:home"), 302)]
    assert response.context["user"] == user


@pytest.mark.parametrize(
    "email", ["PERSON@example.org", "Person@Example.Org", " person@example.org "]
)
def test_sign_in_does_not_mind_how_the_email_is_written(client, email):
    user = make_user(email="person@example.org")
    assert sign_in(client, email=email).context["user"] == user


def test_sign_in_leads_to_the_page_that_was_asked_for(client):
    make_user(email="person@example.org")
    wanted = reverse("scorecard:framework_list")
    asked = client.get(wanted)
    assert asked.url == f"{reverse('account_login')}?next={wanted}"
    response = client.post(
        reverse("account_login"),
        {"login": "person@example.org", "password": PASSWORD, "next": wanted},
    )
    assert response.url == wanted


def test_sign_in_does_not_lead_to_another_site(client):
    make_user(email="person@example.org")
    response = client.post(
        reverse("account_login"),
        {"login": "person@example.org", "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert response.url == reverse("assessments:home")


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("person@example.org", "wrong"),
        ("nobody@example.org", PASSWORD),
        ("person@example.org", PASSWORD.upper()),
    ],
)
def test_wrong_password_and_unknown_person_get_the_same_sentence(client, email, password):
    make_user(email="person@example.org")
    page = sign_in(client, email=email, password=password)
    assert "E-mail address or password is not right." in page.content.decode()
    assert not page.context["user"].is_authenticated


def test_what_was_typed_as_email_stays_and_the_password_does_not(client):
    page = sign_in(client, email="nobody@example.org", password="typed password")
    assert 'value="nobody@example.org"' in page.content.decode()
    assert "typed password" not in page.content.decode()


def test_somebody_who_may_not_sign_in_any_more_is_refused(client):
    make_user(email="person@example.org", is_active=False)
    assert not sign_in(client).context["user"].is_authenticated


@pytest.mark.parametrize("text", ["\x00", "a\x00@example.org", "x" * 300])
def test_strange_email_is_refused_without_a_fault(client, text):
    assert sign_in(client, email=text).status_code == 200


def test_sign_out_ends_the_session(client):
    client.force_login(make_user())
    response = client.post(reverse("account_logout"))
    assert response.url == reverse("account_login")
    assert client.get(reverse("assessments:home")).url.startswith(reverse("account_login"))


def test_a_link_cannot_sign_anybody_out(client):
    client.force_login(make_user())
    assert client.get(reverse("account_logout")).status_code == 405
    assert client.get(reverse("assessments:home")).status_code == 200


def test_signed_in_person_needs_no_sign_in_page(client):
    client.force_login(make_user())
    assert client.get(reverse("account_login")).url == reverse("assessments:home")


def test_sixth_wrong_password_for_an_address_is_not_tried(client):
    make_user(email="person@example.org")
    for _ in range(5):
        sign_in(client, password="wrong")
    page = sign_in(client)
    assert "Too many attempts. Wait five minutes" in page.content.decode()
    assert not page.context["user"].is_authenticated


def test_wrong_passwords_for_one_address_do_not_shut_out_another(client):
    for _ in range(5):
        sign_in(client, email="attacked@example.org", password="wrong")
    make_user(email="person@example.org")
    assert sign_in(client).context["user"].is_authenticated


def test_the_page_of_too_many_requests_says_how_long_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client, password="wrong")
    page = sign_in(client, password="wrong")
    assert page.status_code == 429
    assert "Wait five minutes" in page.content.decode()


def test_a_session_lasts_twelve_hours(client):
    make_user(email="person@example.org")
    sign_in(client)
    assert client.session.get_expiry_age() == 12 * 60 * 60


def test_nobody_can_make_an_account_without_an_invitation(client):
    for method in (client.get, client.post):
        page = method(
            reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD}
        )
        assert "Accounts come by invitation" in page.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_the_administration_has_no_sign_in_page_of_its_own(client):
    page = client.get(reverse("admin:login"))
    assert page.url.startswith(reverse("account_login"))
