"""Addresses of bodies, spaces and pacts at the desk; the public pages are the portal's."""

from django.urls import path

from vicinia.domain.commons.views import accounts, bodies, pacts, spaces

BODY = "laboratorio/autogestioni/<str:reference>"
ACCOUNT = f"{BODY}/rendiconti/<int:year>"
SPACE = "laboratorio/spazi/<str:code>"
BOOKING = "laboratorio/prenotazioni/<str:reference>"
PACT = "laboratorio/patti/<str:reference>"

urlpatterns = [
    path("laboratorio/beni-comuni", pacts.in_laboratory, name="commons_in_laboratory"),
    path("laboratorio/autogestioni", bodies.bodies, name="tenants_bodies"),
    path("laboratorio/autogestioni/nuova", bodies.new, name="tenants_body_new"),
    path("laboratorio/autogestioni/regole", bodies.rule, name="commons_rule"),
    path(BODY, bodies.body, name="tenants_body"),
    path(f"{BODY}/cambia", bodies.change, name="tenants_body_change"),
    path(f"{BODY}/firma/<str:kind>", bodies.sign, name="tenants_body_sign"),
    path(f"{BODY}/firme/<int:pk>", bodies.check, name="signature_check"),
    path(f"{BODY}/verifica", bodies.verify, name="tenants_body_verify"),
    path(f"{BODY}/assemblea", bodies.meet, name="tenants_body_meet"),
    path(f"{BODY}/costituisci", bodies.constitute, name="tenants_body_constitute"),
    path(f"{BODY}/attiva", bodies.activate, name="tenants_body_activate"),
    path(f"{BODY}/riprendi", bodies.resume, name="tenants_body_resume"),
    path(f"{BODY}/passo/<str:step>", bodies.step, name="tenants_body_step"),
    path(f"{BODY}/incarichi", bodies.new_mandate, name="mandate_new"),
    path(f"{BODY}/incarichi/<int:pk>", bodies.end_mandate, name="mandate_end"),
    path(f"{BODY}/incarichi.pdf", accounts.representatives, name="representatives_paper"),
    path(f"{BODY}/convenzione.pdf", accounts.convention, name="convention_paper"),
    path(f"{BODY}/rendiconti", accounts.new, name="tenants_account_new"),
    path(ACCOUNT, accounts.account, name="tenants_account"),
    path(f"{ACCOUNT}/relazione", accounts.describe, name="tenants_account_describe"),
    path(f"{ACCOUNT}/voci", accounts.add_line, name="account_line_new"),
    path(f"{ACCOUNT}/voci/<int:pk>/togli", accounts.drop_line, name="account_line_drop"),
    path(f"{ACCOUNT}/consegna", accounts.submit, name="tenants_account_submit"),
    path(f"{ACCOUNT}/restituisci", accounts.give_back, name="tenants_account_return"),
    path(f"{ACCOUNT}/approva", accounts.approve, name="tenants_account_approve"),
    path(f"{ACCOUNT}/rendiconto.pdf", accounts.account_paper, name="tenants_account_paper"),
    path("laboratorio/spazi", spaces.spaces, name="spaces"),
    path("laboratorio/spazi/nuovo", spaces.new, name="space_new"),
    path(SPACE, spaces.space, name="space"),
    path(f"{SPACE}/cambia", spaces.change, name="space_change"),
    path(f"{SPACE}/orari", spaces.add_hours, name="space_hours_new"),
    path(f"{SPACE}/orari/<int:pk>/togli", spaces.drop_hours, name="space_hours_drop"),
    path(f"{SPACE}/chiusure", spaces.close, name="space_close"),
    path(f"{SPACE}/chiusure/<int:pk>/togli", spaces.reopen, name="space_reopen"),
    path(f"{SPACE}/prenota", spaces.book, name="space_book"),
    path(BOOKING, spaces.booking, name="booking"),
    path(f"{BOOKING}/rispondi", spaces.decide, name="booking_decide"),
    path(f"{BOOKING}/disdici", spaces.cancel, name="booking_cancel"),
    path(f"{BOOKING}/collegamento", spaces.link, name="booking_link"),
    path("laboratorio/patti", pacts.pacts, name="pacts"),
    path("laboratorio/patti/nuovo", pacts.new, name="pact_new"),
    path(PACT, pacts.pact, name="pact"),
    path(f"{PACT}/scrivi", pacts.write, name="pact_write"),
    path(f"{PACT}/firme", pacts.add_party, name="pact_party_new"),
    path(f"{PACT}/firme/<int:pk>/togli", pacts.drop_party, name="pact_party_drop"),
    path(f"{PACT}/impegni", pacts.add_promise, name="pact_promise_new"),
    path(f"{PACT}/impegni/<int:pk>/togli", pacts.drop_promise, name="pact_promise_drop"),
    path(f"{PACT}/avanti/<str:step>", pacts.go_on, name="pact_go_on"),
    path(f"{PACT}/passo/<str:step>", pacts.step, name="pact_step"),
    path(f"{PACT}/rendiconto", pacts.report, name="pact_report"),
    path(f"{PACT}/patto.pdf", pacts.paper, name="pact_paper"),
]
