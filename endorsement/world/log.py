"""Noting in the teams' logs that their ratings were taken out with those of all teams."""

from django.utils.translation import gettext as _

from accounts import audit
from endorsement.world.overview import WorldOverview


def record_table(world: WorldOverview, *, by):
    """One entry for each team of which the table shows a rating."""
    taken: dict[int, list[int]] = {}
    for team, year in world.handed_in:
        taken.setdefault(team, []).append(year)
    words = _("ratings of %(years)s, in the table of all teams, CSV")
    objects = {
        team: words % {"years": ", ".join(map(str, sorted(taken[team.pk])))}
        for team in world.teams
        if team.pk in taken
    }
    audit.record_in_each(objects, action=audit.Action.EXPORT, by=by)
