"""The Room to look at, and the picture of its address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseStopPolling, trigger_client_event

from accounts.access_table import Capability
from assessments.lookup import visible_assessment
from assessments.workshop.join import join_address, join_url, qr_code
from assessments.workshop.lookup import own_workshops, seen_workshop
from assessments.workshop.room import Room, RoomNews
from assessments.workshop.stage import is_over


@require_GET
def room(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.VIEW_WORK)
    workshop = own_workshops(request.user).filter(assessment=assessment).first()
    if workshop is None:
        may_start = access.allows(Capability.RUN_WORKSHOP)
        context = {"assessment": assessment, "may_start": may_start}
        return render(request, "assessments/workshop/room_empty.html", context)
    return show_room(request, Room(workshop, access=access))


def show_room(request, room, *, status=200):
    context = {
        "assessment": room.assessment,
        "room": room,
        "join_address": join_address(request),
    }
    return render(request, "assessments/workshop/room.html", context, status=status)


@require_GET
def room_live(request, pk):
    """What is new in the Room: 204 when nothing is, 286 when the workshop is over.

    A page that must be laid out anew is only told so: somebody may be writing in it.
    """
    workshop = seen_workshop(request, pk)
    if is_over(workshop):
        return trigger_client_event(HttpResponseStopPolling(), "room-moved")
    if request.GET.get("version") == str(workshop.version):
        return HttpResponse(status=204)
    news = RoomNews.of(workshop)
    if request.GET.get("key") != news.stage.key:
        return trigger_client_event(HttpResponse(status=204), "room-moved")
    return render(request, "assessments/workshop/_room_live.html", {"news": news})


@require_GET
def qr(request, pk):
    """The address to join, as a picture for the phones in the room."""
    workshop = seen_workshop(request, pk)
    return HttpResponse(qr_code(join_url(request, workshop)), content_type="image/svg+xml")
