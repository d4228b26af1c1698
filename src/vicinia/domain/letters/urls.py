"""Addresses of letters and of the plan of a case."""

from django.urls import path

from vicinia.domain.letters import views

CASE = "casi/<str:reference>"
LETTER = "lettere/<int:pk>"

urlpatterns = [
    path("lettere", views.letters, name="case_letters"),
    path(f"{CASE}/lettere", views.on_case, name="letters_on_case"),
    path(f"{CASE}/lettere/nuova", views.choose, name="letter_choose"),
    path(f"{CASE}/lettere/nuova/<str:kind>", views.new, name="letter_new"),
    path(LETTER, views.letter, name="letter"),
    path(f"{LETTER}/cambia", views.change, name="letter_change"),
    path(f"{LETTER}/firma", views.issue, name="letter_issue"),
    path(f"{LETTER}/lascia", views.drop, name="letter_drop"),
    path(f"{LETTER}/lettera.pdf", views.paper, name="letter_paper"),
    path(f"{LETTER}/consegna", views.deliver, name="letter_deliver"),
    path(f"{LETTER}/e-mail", views.mail, name="letter_mail"),
    path(f"{LETTER}/richiama", views.call_back, name="letter_call_back"),
    path(f"{LETTER}/protocollo", views.protocol, name="letter_protocol"),
    path(f"{LETTER}/risposta", views.answered, name="letter_answered"),
    path(f"{LETTER}/non-aspettare", views.give_up, name="letter_give_up"),
    path(f"{CASE}/piano", views.plan, name="case_plan"),
    path(f"{CASE}/piano/riquadro", views.plan_on_case, name="plan_on_case"),
    path(f"{CASE}/piano/scrivi", views.plan_write, name="case_plan_write"),
    path(f"{CASE}/piano.pdf", views.plan_paper, name="case_plan_paper"),
    path(f"{CASE}/piano/<int:pk>.pdf", views.plan_person_paper, name="case_plan_person_paper"),
]
