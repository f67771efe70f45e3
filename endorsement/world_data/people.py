"""Teams of the invented world and the people who serve in them."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import CountryTeam, Entity, Membership, User

Role = Membership.Role
ENTITIES = {
    "UN Women": "United Nations Entity for Gender Equality and the Empowerment of Women",
    "UNDP": "United Nations Development Programme",
    "UNICEF": "United Nations Children's Fund",
    "UNFPA": "United Nations Population Fund",
    "FAO": "Food and Agriculture Organization of the United Nations",
    "WHO": "World Health Organization",
    "RCO": "United Nations Resident Coordinator Office",
}
# Who serves in each team: title, role and entity.
POSTS = [
    ("Coordinator", Role.COORDINATOR, "UN Women"),
    ("Gender Specialist", Role.MEMBER, "UNDP"),
    ("Programme Officer", Role.MEMBER, "UNICEF"),
    ("Gender Focal Point", Role.MEMBER, "UNFPA"),
    ("Resident Coordinator", Role.RESIDENT_COORDINATOR, "RCO"),
    ("Representative", Role.HEAD_OF_AGENCY, "UNICEF"),
    ("Representative", Role.HEAD_OF_AGENCY, "FAO"),
    ("Representative", Role.HEAD_OF_AGENCY, "WHO"),
]


@dataclass(frozen=True, kw_only=True)
class Population:
    teams: list[CountryTeam]
    coordinators: dict[int, Membership]  # by team
    reviewer: User
    entities: dict[str, Entity]


def populate(rows: list[dict], *, password: str) -> Population:
    """rows: code, country and region of each team. Only reviewer and coordinators may sign in."""
    teams = CountryTeam.objects.bulk_create(CountryTeam(**row) for row in rows)
    entities = {
        acronym: Entity.objects.get_or_create(acronym=acronym, defaults={"name": name})[0]
        for acronym, name in ENTITIES.items()
    }
    known, none = make_password(password), make_password(None)
    reviewer = User(
        email="reviewer@world.example.org",
        name="Reviewer, UN Women",
        password=known,
        is_reviewer=True,
    )
    posts = [(team, number, *post) for team in teams for number, post in enumerate(POSTS, start=1)]
    people = [
        User(
            email=_address(team, number, role),
            name=f"{title}, {acronym}, {team.country}",
            password=known if role == Role.COORDINATOR else none,
        )
        for team, number, title, role, acronym in posts
    ]
    User.objects.bulk_create([reviewer, *people], batch_size=500)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in [reviewer, *people]
    )
    memberships = Membership.objects.bulk_create(
        Membership(team=team, user=user, role=role, entity=entities[acronym])
        for (team, _number, _title, role, acronym), user in zip(posts, people, strict=True)
    )
    return Population(
        teams=teams,
        coordinators={row.team_id: row for row in memberships if row.role == Role.COORDINATOR},
        reviewer=reviewer,
        entities=entities,
    )


def _address(team, number, role) -> str:
    name = "coordinator" if role == Role.COORDINATOR else f"person{number}"
    return f"{name}@{team.code.lower()}.world.example.org"
