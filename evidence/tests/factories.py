"""Documents and citations for tests. The default is the boring valid case."""

from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.tests.factories import make_team, make_user
from evidence.models import Citation, Document
from evidence.tests.files import GOOD

CONTENT = b"%PDF-1.7 a work plan"
LINK = "https://www.un.org/gender"


def make_document(
    *,
    team=None,
    title="Work plan 2022",
    content=CONTENT,
    original_name="Work plan.pdf",
    content_type="application/pdf",
    **fields,
):
    """A stored PDF of a team."""
    document = Document(
        team=team or make_team(),
        title=title,
        original_name=original_name,
        extension="pdf",
        content_type=content_type,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        **{"uploaded_by": fields.pop("uploaded_by", None) or make_user()} | fields,
    )
    document.file.save(original_name, ContentFile(content), save=False)
    document.save()
    return document


def make_link(*, team=None, title="Gender page", link=LINK, **fields):
    """A link of a team."""
    return Document.objects.create(
        team=team or make_team(), title=title, link=link, uploaded_by=make_user(), **fields
    )


def make_citation(*, rating, document=None, category="Other", criterion=None, **fields):
    """A document of the rating's team, cited under it in a category of its edition.

    criterion: its key; None cites for the PI as a whole.
    """
    assessment = rating.assessment
    return Citation.objects.create(
        document=document or make_document(team=assessment.team),
        indicator_rating=rating,
        category=assessment.framework.evidence_categories.get(title=category),
        criterion=criterion and rating.indicator.criteria.get(key=criterion),
        **fields,
    )


def upload(name="plan.pdf", content=None):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, GOOD[name] if content is None else content)
