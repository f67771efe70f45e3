"""What a change of the framework's edition asks for."""

from django.utils.translation import gettext as _

from assessments.models import Assessment


def refusal_of_edition(assessment: Assessment) -> str | None:
    """Return why an assessment cannot be made on its edition; None where it can.

    Criteria differ from edition to edition, so no rating can be carried from one to the next: a
    new edition starts with all PIs assessed. Later ones compare with earlier years by PI code.
    """
    latest = Assessment.objects.before(assessment).select_related("framework").first()
    is_first_of_edition = latest and latest.framework.code != assessment.framework.code
    if assessment.is_comprehensive or not is_first_of_edition:
        return None
    return _(
        "The assessment of %(year)s was made on the edition of %(before)s. Another edition starts "
        "with a comprehensive assessment: choose that, or stay with the edition of %(before)s."
    ) % {"year": latest.year, "before": latest.framework.edition}
