from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError

from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team
from assessments.tests.factories import make_assessment, make_rating
from evidence.models import Citation, Document
from evidence.tests.factories import make_citation, make_document

pytestmark = pytest.mark.django_db


def test_nothing_of_the_uploaders_name_reaches_the_disk():
    document = make_document(original_name="../../etc/Name of the uploader.php")
    assert document.file.name.endswith(".pdf")
    assert "uploader" not in document.file.name
    assert ".." not in document.file.name
    assert document.original_name == "../../etc/Name of the uploader.php"


def test_file_lies_in_its_teams_folder_of_the_private_storage(settings):
    document = make_document()
    folder = Path(settings.MEDIA_ROOT) / "evidence" / document.team.code
    assert Path(document.file.path).parent == folder
    assert Path(document.file.path).read_bytes() == b"%PDF-1.7 a work plan"


def test_two_documents_never_share_a_file():
    first = make_document(content=b"%PDF-1.7 one")
    second = make_document(team=first.team, content=b"%PDF-1.7 two")
    assert first.file.name != second.file.name


def test_the_same_bytes_exist_once_in_a_team():
    document = make_document()
    with pytest.raises(IntegrityError):
        make_document(team=document.team, title="Another title", original_name="other.pdf")


def test_the_same_bytes_in_a_team_are_refused_in_words():
    document = make_document()
    document.pk = None
    with pytest.raises(ValidationError, match="This team holds the same file already"):
        document.full_clean()


def test_another_team_may_hold_the_same_bytes():
    document = make_document()
    make_document(team=make_team(code="KGZ", country="Kyrgyzstan"))
    assert Document.objects.filter(sha256=document.sha256).count() == 2


@pytest.mark.parametrize("role", Membership.Role)
def test_every_role_of_the_team_sees_its_documents_and_no_others(role):
    document = make_document()
    make_document(team=make_team(code="KGZ", country="Kyrgyzstan"))
    user = make_membership(team=document.team, role=role).user
    assert list(Document.objects.visible_to(user)) == [document]


# Citations


def test_a_document_is_cited_once_under_a_pi():
    citation = make_citation(rating=make_rating())
    with pytest.raises(IntegrityError):
        make_citation(rating=citation.indicator_rating, document=citation.document)


def test_a_document_is_cited_under_many_pis_each_time_in_the_category_that_fits():
    assessment = make_assessment()
    document = make_document(team=assessment.team)
    for code, category in [("2.1", "Joint Program documents"), ("2.2", "Communication/Advocacy")]:
        rating = make_rating(assessment=assessment, code=code)
        make_citation(rating=rating, document=document, category=category)
    assert document.citations.count() == 2


def test_a_cited_document_cannot_be_deleted():
    citation = make_citation(rating=make_rating())
    with pytest.raises(ProtectedError):
        citation.document.delete()


def test_citations_come_by_pi_then_category_then_title(django_assert_num_queries):
    assessment = make_assessment()
    ratings = [make_rating(assessment=assessment, code=code) for code in ["1.1", "2.2"]]
    first, last = [
        assessment.framework.evidence_categories.order_by(order).first().title
        for order in ["position", "-position"]
    ]
    for number, (rating, category, title) in enumerate(
        [
            (ratings[1], first, "A"),
            (ratings[0], last, "A"),
            (ratings[0], first, "B"),
            (ratings[0], first, "A"),
        ]
    ):
        document = make_document(
            team=assessment.team, title=title, content=b"%%PDF-1.7 %d" % number
        )
        make_citation(rating=rating, document=document, category=category)
    with django_assert_num_queries(1):
        found = [
            (citation.indicator_rating_id, citation.category.title, citation.document.title)
            for citation in Citation.objects.for_ratings(ratings)
        ]
    assert found == [
        (ratings[0].pk, first, "A"),
        (ratings[0].pk, first, "B"),
        (ratings[0].pk, last, "A"),
        (ratings[1].pk, first, "A"),
    ]


def test_citations_of_other_ratings_stay_out():
    rating = make_rating()
    make_citation(rating=rating)
    other = make_rating(assessment=rating.assessment, code="2.3")
    assert list(Citation.objects.for_ratings([other])) == []
