"""What lists of action points are asked for."""

from django.db import models
from django.db.models import F, Q

from accounts.models import CountryTeam


class ActionPointQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Points of the teams that the person is a member of."""
        teams = CountryTeam.objects.visible_to(user)
        return self.filter(plan__cooperation_framework__team__in=teams)

    def of_cycle(self, cooperation_framework):
        of_cycle = self.filter(plan__cooperation_framework=cooperation_framework)
        return of_cycle.with_overview().order_by("number")

    def with_overview(self):
        """Fetch what a list of points shows, in two further queries."""
        return self.select_related(
            "plan__cooperation_framework",
            "indicator__dimension",
            "criterion",
            "lead",
            "verified_entity",
            "verification",
            "became__plan__cooperation_framework",
        ).prefetch_related("activities", "supporting")

    def without_supporting(self):
        """Spare the query for what a short list does not show."""
        return self.prefetch_related(None).prefetch_related("activities")

    def with_details(self):
        """Fetch all that the page of a point names, in eight further queries."""
        return self.select_related(
            "plan__cooperation_framework__team",
            "indicator__dimension",
            "criterion",
            "lead",
            "claimed_by",
            "claimed_entity",
            "verified_by",
            "verified_entity",
            "verification",
            "became__plan__cooperation_framework",
        ).prefetch_related(
            "activities__by",
            "supporting",
            "other_indicators__dimension",
            "came_from__plan__cooperation_framework",
        )

    def under(self, code):
        """Points of which this is the primary PI."""
        return self.filter(indicator__code=code)

    def open(self):
        """Neither done nor dropped nor carried into the next plan."""
        return self.filter(status__in=self.model.OPEN, became__isnull=True)

    def verified_in(self, team):
        return self.filter(plan__cooperation_framework__team=team, verified_at__isnull=False)

    def of_members(self, memberships):
        """Points that these members' entities lead or support in the members' teams, due first."""
        theirs = Q(pk__in=[])
        for membership in memberships:
            of_entity = Q(lead=membership.entity_id) | Q(supporting=membership.entity_id)
            theirs |= of_entity & Q(plan__cooperation_framework__team=membership.team_id)
        return self.filter(theirs).distinct().order_by(F("due").asc(nulls_last=True), "pk")
