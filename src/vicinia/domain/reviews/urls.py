"""Addresses of reviews at the desk."""

from django.urls import path

from vicinia.domain.reviews.views import entering, lists, review

REVIEW = "riesami/<str:reference>"

urlpatterns = [
    path("riesami", lists.reviews, name="reviews"),
    path("casi/<str:reference>/riesami", lists.on_case, name="reviews_on_case"),
    path("casi/<str:reference>/riesami/nuovo", entering.from_case, name="review_from_case"),
    path("in-arrivo/<str:reference>/riesami", lists.on_report, name="reviews_on_report"),
    path("in-arrivo/<str:reference>/riesami/nuovo", entering.from_report, name="review_from_report"),
    path(REVIEW, review.review, name="review"),
    path(f"{REVIEW}/conferma", review.acknowledge, name="review_acknowledge"),
    path(f"{REVIEW}/presidenza", review.change_chair, name="review_chair"),
    path(f"{REVIEW}/requisiti", review.settle, name="review_settle"),
    path(f"{REVIEW}/incontro", review.meeting, name="review_meeting"),
    path(f"{REVIEW}/decisione", review.decide, name="review_decide"),
    path(f"{REVIEW}/ritiro", review.withdraw, name="review_withdraw"),
    path(f"{REVIEW}/raccomandazioni/nuova", review.recommend, name="review_recommend"),
    path(f"{REVIEW}/raccomandazioni/<int:pk>/togli", review.unrecommend, name="review_unrecommend"),
    path(f"{REVIEW}/raccomandazioni/<int:pk>/accetta", review.accept, name="review_accept"),
    path(f"{REVIEW}/raccomandazioni/<int:pk>/rifiuta", review.refuse, name="review_refuse"),
    path(f"{REVIEW}/lettere/<str:kind>.pdf", review.letter, name="review_letter"),
]
