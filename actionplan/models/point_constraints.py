"""What cannot be false of an action point: the table itself keeps it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

POINT_CONSTRAINTS = [
    models.UniqueConstraint(
        fields=["plan", "number"],
        name="action_point_number_is_unique_in_plan",
        violation_error_message=_("The plan has an action point of this number already."),
    ),
    models.CheckConstraint(
        name="action_point_status_is_known",
        condition=Q(status__in=["planned", "under_way", "done", "dropped"]),
    ),
    models.CheckConstraint(
        name="action_point_is_dropped_for_a_reason",
        condition=(Q(status="dropped") & ~Q(dropped_reason=""))
        | (~Q(status="dropped") & Q(dropped_reason="")),
        violation_error_message=_("A dropped action point, and no other, says why."),
    ),
    models.CheckConstraint(
        name="action_point_claim_is_complete",
        condition=Q(claimed_by__isnull=True, claimed_entity__isnull=True, claimed_at__isnull=True)
        | Q(
            claimed_by__isnull=False,
            claimed_entity__isnull=False,
            claimed_at__isnull=False,
        ),
        violation_error_message=_("A claim records who made it, for which entity, when."),
    ),
    models.CheckConstraint(
        name="action_point_is_done_when_it_is_verified",
        condition=Q(
            ~Q(status="done"),
            verified_by__isnull=True,
            verified_entity__isnull=True,
            verified_at__isnull=True,
            verification__isnull=True,
        )
        | Q(
            status="done",
            claimed_by__isnull=False,
            verified_by__isnull=False,
            verified_entity__isnull=False,
            verified_at__isnull=False,
            verification__isnull=False,
        ),
        violation_error_message=_(
            "An action point is done when a second person has verified it with a document."
        ),
    ),
    models.CheckConstraint(
        name="action_point_is_verified_by_another_person",
        condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("claimed_by")),
        violation_error_message=_("Whoever says that it is done cannot verify it."),
    ),
    models.CheckConstraint(
        name="action_point_is_verified_by_another_entity",
        condition=Q(verified_entity__isnull=True)
        | (
            ~Q(verified_entity=F("claimed_entity"))
            & (Q(lead__isnull=True) | ~Q(verified_entity=F("lead")))
        ),
        violation_error_message=_(
            "Another entity verifies than the one that leads or says that it is done."
        ),
    ),
    models.CheckConstraint(
        name="action_point_claim_is_of_work_under_way_or_done",
        condition=Q(claimed_at__isnull=True) | Q(status__in=["under_way", "done"]),
        violation_error_message=_("Only what is under way can be said to be done."),
    ),
    models.CheckConstraint(
        name="action_point_dates_are_in_order",
        condition=Q(start__isnull=True) | Q(due__isnull=True) | Q(start__lte=F("due")),
        violation_error_message=_("An action point is due after it starts."),
    ),
    models.CheckConstraint(
        name="action_point_amounts_are_not_negative",
        condition=(Q(resources_required__isnull=True) | Q(resources_required__gte=0))
        & (Q(resources_available__isnull=True) | Q(resources_available__gte=0)),
        violation_error_message=_("An amount is 0 or more."),
    ),
    models.CheckConstraint(
        name="action_point_amounts_have_a_currency",
        condition=Q(
            resources_required__isnull=True,
            resources_available__isnull=True,
            currency="",
        )
        | (
            Q(currency__regex=r"^[A-Z]{3}$")
            & (Q(resources_required__isnull=False) | Q(resources_available__isnull=False))
        ),
        violation_error_message=_("Give the currency with the amounts, such as USD."),
    ),
    models.CheckConstraint(
        name="action_point_is_carried_into_the_next_plan_while_open",
        condition=Q(became__isnull=True) | Q(status__in=["planned", "under_way"]),
        violation_error_message=_("Only an open action point goes into the next plan."),
    ),
]
