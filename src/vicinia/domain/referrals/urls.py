"""Addresses of referrals, for staff."""

from django.urls import path

from vicinia.domain.referrals import views

REFERRAL = "richieste/<str:reference>"

urlpatterns = [
    path("casi/<str:reference>/rete", views.on_case, name="referrals_on_case"),
    path("casi/<str:reference>/rete/chiedi", views.new, name="referral_new"),
    path(REFERRAL, views.referral, name="referral"),
    path(f"{REFERRAL}/scrivi", views.write, name="referral_write"),
    path(f"{REFERRAL}/revoca", views.revoke, name="referral_revoke"),
    path(f"{REFERRAL}/collegamento", views.send_link, name="referral_send_link"),
    path(f"{REFERRAL}/collegamento/chiudi", views.revoke_link, name="referral_revoke_link"),
    path(f"{REFERRAL}/messaggi-letti", views.read_words, name="referral_read_words"),
    path(f"{REFERRAL}/letta", views.read_end, name="referral_read_end"),
]
