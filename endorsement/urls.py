from django.urls import path

from endorsement.views import deciding, reading, requesting, verifying

app_name = "endorsement"
ASSESSMENT = "assessments/<int:pk>/endorsement/"
VERSION = f"{ASSESSMENT}versions/<int:number>/"
SEAT = "endorsement/seats/<int:pk>/"
urlpatterns = [
    path("verify/", verifying.file_verify, name="verify"),
    path("verify/<slug:sha256>/", verifying.report_verify, name="verify_hash"),
    path(ASSESSMENT, reading.endorsement_detail, name="detail"),
    path(f"{ASSESSMENT}request/", requesting.endorsement_request, name="request"),
    path(f"{ASSESSMENT}new-version/", requesting.version_create, name="new_version"),
    path(f"{ASSESSMENT}remind/", requesting.endorsement_remind, name="remind"),
    path(f"{ASSESSMENT}close/", requesting.endorsement_close, name="close"),
    path(VERSION, reading.version_detail, name="version"),
    path(f"{VERSION}pdf/", reading.version_pdf, name="version_pdf"),
    path(f"{VERSION}json/", reading.version_json, name="version_json"),
    path(SEAT, deciding.seat_detail, name="seat"),
    path(f"{SEAT}endorse/", deciding.decision_endorse, name="endorse"),
    path(f"{SEAT}object/", deciding.decision_object, name="object"),
    path(f"{SEAT}abstain/", deciding.decision_abstain, name="abstain"),
    path(f"{SEAT}delegate/", deciding.delegation_create, name="delegate"),
    path(
        "endorsement/delegations/<int:pk>/withdraw/", deciding.delegation_withdraw, name="withdraw"
    ),
]
