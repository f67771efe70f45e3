from django.urls import path

from evidence.views import citations, documents, hub, library

app_name = "evidence"
_TEAM = "teams/<code:code>/evidence"
_INDICATOR = "assessments/<int:pk>/indicators/<code:code>/evidence"
urlpatterns = [
    path("hub/", hub.hub, name="hub"),
    path("hub/documents/<int:pk>/download/", hub.hub_download, name="hub-download"),
    path(f"{_TEAM}/", library.document_list, name="library"),
    path(f"{_TEAM}/upload/", library.document_upload, name="upload"),
    path(f"{_TEAM}/links/add/", library.link_add, name="link"),
    path(f"{_INDICATOR}/upload/", library.indicator_upload, name="indicator-upload"),
    path(f"{_INDICATOR}/links/add/", library.indicator_link_add, name="indicator-link"),
    path(f"{_INDICATOR}/cite/", citations.indicator_cite, name="cite-list"),
    path(f"{_INDICATOR}/cite/<int:document_pk>/", citations.document_cite, name="cite"),
    path("citations/<int:pk>/edit/", citations.citation_edit, name="citation-edit"),
    path("citations/<int:pk>/remove/", citations.citation_remove, name="citation-remove"),
    path("documents/<int:pk>/", documents.document_detail, name="document"),
    path("documents/<int:pk>/edit/", documents.document_edit, name="edit"),
    path("documents/<int:pk>/replace/", documents.document_replace, name="replace"),
    path("documents/<int:pk>/delete/", documents.document_delete, name="delete"),
    path("documents/<int:pk>/share/", hub.document_share, name="share"),
    path("documents/<int:pk>/withdraw/", hub.document_withdraw, name="withdraw"),
    path("documents/<int:pk>/download/", documents.document_download, name="download"),
    path(
        "documents/<int:pk>/versions/<int:version>/download/",
        documents.version_download,
        name="version-download",
    ),
]
