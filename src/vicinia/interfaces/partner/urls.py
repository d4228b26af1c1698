"""Addresses of the partner's pages."""

from django.urls import path

from vicinia.interfaces.partner import views

REFERRAL = "rete/<str:reference>"

urlpatterns = [
    path("rete", views.referrals, name="partner_referrals"),
    path(REFERRAL, views.referral, name="partner_referral"),
    path(f"{REFERRAL}/accetta", views.accept, name="partner_accept"),
    path(f"{REFERRAL}/comincia", views.start, name="partner_start"),
    path(f"{REFERRAL}/rifiuta", views.decline, name="partner_decline"),
    path(f"{REFERRAL}/scrivi", views.write, name="partner_write"),
    path(f"{REFERRAL}/concludi", views.finish, name="partner_finish"),
]
