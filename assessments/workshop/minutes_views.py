from django.shortcuts import render
from django.views.decorators.http import require_GET

from assessments.workshop.lookup import seen_workshop
from assessments.workshop.minutes import Minutes


@require_GET
def minutes(request, pk):
    workshop = seen_workshop(request, pk)
    context = {"assessment": workshop.assessment, "minutes": Minutes.of(workshop)}
    return render(request, "assessments/workshop/minutes.html", context)
