from django.urls import path

from endorsement.review import matrix_views as matrix
from endorsement.review import submission_views as submissions
from endorsement.review import views

app_name = "review"
ASSESSMENT = "assessments/<int:pk>/"
QUERY = "review/queries/<int:pk>/"
urlpatterns = [
    path(f"{ASSESSMENT}submit/", submissions.report_submit, name="submit"),
    path(f"{ASSESSMENT}submissions/<int:number>/", submissions.receipt, name="receipt"),
    path(f"{ASSESSMENT}submissions/<int:number>/bundle/", submissions.bundle, name="bundle"),
    path(f"{ASSESSMENT}review/", views.review_detail, name="detail"),
    path(f"{ASSESSMENT}review/comments.csv", matrix.comments_csv, name="comments"),
    path(f"{ASSESSMENT}review/comments.xlsx", matrix.comments_xlsx, name="comments_xlsx"),
    path(f"{ASSESSMENT}review/queries/", views.query_create, name="query_new"),
    path(f"{ASSESSMENT}review/return/", views.report_return, name="return"),
    path(f"{ASSESSMENT}review/accept/", views.report_accept, name="accept"),
    path("review/", views.queue, name="queue"),
    path("review/<int:year>/due/", views.due_set, name="due"),
    path(QUERY, views.query_detail, name="query"),
    path(f"{QUERY}answer/", views.query_answer, name="query_answer"),
    path(f"{QUERY}close/", views.query_close, name="query_close"),
]
