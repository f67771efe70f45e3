from django.urls import include, path

from assessments.workshop import hand_views, lead_views, minutes_views, views

app_name = "workshop"

indicator = [
    path("show/", lead_views.indicator_show, name="show"),
    path("rounds/open/", lead_views.round_open, name="open"),
    path("rounds/reveal/", lead_views.round_reveal, name="reveal"),
    path("rounds/late/", lead_views.late_allow, name="late"),
    path("rounds/<int:number>/vote/", hand_views.vote, name="vote"),
    path("agree/", lead_views.agreed_record, name="agree"),
    path("dissent/", lead_views.dissent_record, name="dissent"),
    path("dissent/withdraw/", lead_views.dissent_withdraw, name="withdraw"),
]
workshop = [
    path("", views.room, name="room"),
    path("live/", views.room_live, name="room_live"),
    path("qr.svg", views.qr, name="qr"),
    path("start/", lead_views.start, name="start"),
    path("delegate/", lead_views.delegate_name, name="delegate"),
    path("close/", lead_views.close, name="close"),
    path("resume/", lead_views.resume, name="resume"),
    path("hand/", hand_views.hand, name="hand"),
    path("hand/live/", hand_views.hand_live, name="hand_live"),
    path("attend/", hand_views.attend, name="attend"),
    path("minutes/", minutes_views.minutes, name="minutes"),
    path("indicators/<code:code>/", include(indicator)),
]
urlpatterns = [
    path("workshop/join/", hand_views.join, name="join"),
    path("assessments/<int:pk>/workshop/", include(workshop)),
]
