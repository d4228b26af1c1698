"""Addresses of mediations: from the case, and the mediator's own."""

from django.urls import path

from vicinia.domain.mediation.views import agreement, inside, outside

CASE = "casi/<str:reference>/mediazione"
OF_CASE = f"{CASE}/<str:mediation>"
FILE = "mediazioni/<str:reference>"

urlpatterns = [
    path(CASE, outside.on_case, name="mediation_on_case"),
    path(f"{CASE}/chiedi", outside.new, name="mediation_new"),
    path(f"{OF_CASE}/ritira", outside.withdraw, name="mediation_withdraw"),
    path(f"{OF_CASE}/altro-mediatore", outside.replace, name="mediation_replace"),
    path(f"{OF_CASE}/letta", outside.read_end, name="mediation_read_end"),
    path("mediazioni", inside.mediations, name="mediations"),
    path(FILE, inside.mediation, name="mediation"),
    path(f"{FILE}/accetta", inside.accept, name="mediation_accept"),
    path(f"{FILE}/non-posso", inside.decline, name="mediation_decline"),
    path(f"{FILE}/recapiti/<str:side>", inside.contacts, name="mediation_contacts"),
    path(f"{FILE}/colloquio/<str:side>", inside.talk, name="mediation_talk"),
    path(f"{FILE}/incontro", inside.session, name="mediation_session"),
    path(f"{FILE}/appunti/<int:pk>", inside.meeting, name="mediation_meeting"),
    path(f"{FILE}/domande/<str:side>", inside.questions, name="mediation_questions"),
    path(f"{FILE}/incontrarsi", inside.bring_together, name="mediation_bring_together"),
    path(f"{FILE}/non-adatta", inside.unsuitable, name="mediation_unsuitable"),
    path(f"{FILE}/una-parte-non-vuole", inside.refuse, name="mediation_refuse"),
    path(f"{FILE}/ritira", inside.give_up, name="mediation_give_up"),
    path(f"{FILE}/prossimo-passo", inside.plan_next, name="mediation_next"),
    path(f"{FILE}/passa", inside.pass_on, name="mediation_pass"),
    path(f"{FILE}/patto", agreement.new_term, name="mediation_term_new"),
    path(f"{FILE}/patti/<int:pk>", agreement.term, name="mediation_term"),
    path(f"{FILE}/patti/<int:pk>/togli", agreement.drop_term, name="mediation_term_drop"),
    path(f"{FILE}/accordo", agreement.agree, name="mediation_agree"),
    path(f"{FILE}/accordo.pdf", agreement.paper, name="mediation_paper"),
    path(f"{FILE}/parlarne-ancora", agreement.talk_again, name="mediation_talk_again"),
    path(f"{FILE}/firmato", agreement.sign, name="mediation_sign"),
    path(f"{FILE}/senza-accordo", agreement.end_without, name="mediation_end_without"),
    path(f"{FILE}/verifiche/<int:pk>", agreement.check, name="mediation_check"),
    path(f"{FILE}/chiudi", agreement.finish, name="mediation_finish"),
    path(f"{FILE}/copia/<str:side>.pdf", agreement.copy, name="mediation_copy"),
]
