from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import access_beyond_teams
from accounts.access_table import Capability
from endorsement.world import figures
from endorsement.world.as_csv import as_csv
from endorsement.world.forms import ScopeForm
from endorsement.world.log import record_table
from endorsement.world.overview import WorldOverview
from scorecard.downloads import to_save


@require_GET
def overview(request):
    form, world = _asked(request)
    return render(request, "endorsement/world/overview.html", {"form": form, "world": world})


@require_GET
def overview_csv(request):
    _form, world = _asked(request)
    name = f"UNCT-SWAP all teams {timezone.localdate(world.now):%Y-%m-%d}.csv"
    content = as_csv(world)
    record_table(world, by=request.user)
    return to_save(HttpResponse(content, content_type="text/csv; charset=utf-8"), name)


def _asked(request):
    access_beyond_teams(request.user).require_sight(Capability.VIEW_WORLD)
    indicators, years = figures.indicators(), figures.years()
    editions = list(dict.fromkeys(row.dimension.framework.edition for row in indicators))
    form = ScopeForm(request.GET, editions=editions, years=years)
    world = WorldOverview.of(form.scope, indicators=indicators, years=years, now=timezone.now())
    return form, world
