from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from actionplan.board import Board
from actionplan.lookup import visible_cycle
from actionplan.models import ActionPoint
from actionplan.what_if import WhatIf


@require_GET
def what_if(request, code, first_year):
    """The whole page, or only what is reached while somebody ticks."""
    cycle, _access = visible_cycle(request, code, first_year)
    board = Board.of(ActionPoint.objects.of_cycle(cycle), cycle.team.day(timezone.now()))
    chosen = {int(pk) for pk in request.GET.getlist("done") if pk.isdecimal()}
    page = "_reached" if request.htmx else "what_if"
    return render(
        request,
        f"actionplan/{page}.html",
        {
            "cycle": cycle,
            "team": cycle.team,
            "what_if": WhatIf.of(cycle, board.rows, chosen),
        },
    )
