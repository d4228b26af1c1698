"""Addresses of the pages of a body: signed in, and by link and code."""

from django.urls import path

from vicinia.interfaces.partner.views import account, linked, sites

REFERRAL = "rete/<str:reference>"
COMPLAINT = "rete/cantieri/<str:reference>"
LINKED = "richiesta-per-voi/<str:reference>"

urlpatterns = [
    path("rete/cantieri", sites.complaints, name="partner_complaints"),
    path(COMPLAINT, sites.complaint, name="partner_complaint"),
    path(f"{COMPLAINT}/rispondi", sites.answer, name="partner_complaint_answer"),
    path(f"{COMPLAINT}/sistemata", sites.finish, name="partner_complaint_finish"),
    path(f"{COMPLAINT}/foto/<str:name>", sites.photo, name="partner_complaint_photo"),
    path("rete", account.referrals, name="partner_referrals"),
    path(REFERRAL, account.referral, name="partner_referral"),
    path(f"{REFERRAL}/accetta", account.accept, name="partner_accept"),
    path(f"{REFERRAL}/comincia", account.start, name="partner_start"),
    path(f"{REFERRAL}/rifiuta", account.decline, name="partner_decline"),
    path(f"{REFERRAL}/scrivi", account.write, name="partner_write"),
    path(f"{REFERRAL}/concludi", account.finish, name="partner_finish"),
    path("collegamento/<str:token>", linked.gate, name="linked_gate"),
    path("collegamento/<str:token>/codice", linked.code, name="linked_code"),
    path("richiesta-per-voi", linked.leave, name="linked_leave"),
    path(LINKED, linked.referral, name="linked_referral"),
    path(f"{LINKED}/accetta", linked.accept, name="linked_accept"),
    path(f"{LINKED}/comincia", linked.start, name="linked_start"),
    path(f"{LINKED}/rifiuta", linked.decline, name="linked_decline"),
    path(f"{LINKED}/scrivi", linked.write, name="linked_write"),
    path(f"{LINKED}/concludi", linked.finish, name="linked_finish"),
]
