from django.urls import path

from accounts import join_views, views
from accounts.audit import views as log_views

app_name = "accounts"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/profile/", views.profile_edit, name="profile"),
    path("teams/<code:code>/people/", views.people, name="people"),
    path("teams/<code:code>/people/invite/", views.invitation_create, name="invite"),
    path("teams/<code:code>/log/", log_views.entry_list, name="log"),
    path("teams/<code:code>/log/check/", log_views.check, name="log_check"),
    path("invitations/<int:pk>/resend/", views.invitation_resend, name="resend"),
    path("invitations/<int:pk>/revoke/", views.invitation_revoke, name="revoke"),
    path("join/<str:token>/", join_views.join, name="join"),
    path("join/<str:token>/new/", join_views.join_new, name="join_new"),
    path("join/<str:token>/accept/", join_views.join_accept, name="join_accept"),
    path("join/<str:token>/microsoft/", join_views.join_microsoft, name="join_microsoft"),
]
