"""Addresses of behaviour agreements: from the case, the list, and one agreement."""

from django.urls import path

from vicinia.domain.agreements.views import keeping, pages, proposing, writing

CASE = "casi/<str:reference>/accordi"
ONE = "accordi/<str:reference>"

urlpatterns = [
    path(CASE, pages.on_case, name="behaviour_agreements_on_case"),
    path(f"{CASE}/nuovo", proposing.new, name="behaviour_agreement_new"),
    path("accordi", pages.listed, name="behaviour_agreements"),
    path(ONE, pages.agreement, name="behaviour_agreement"),
    path(f"{ONE}/accordo.pdf", pages.paper, name="behaviour_agreement_paper"),
    path(f"{ONE}/nomi", pages.names, name="behaviour_agreement_names"),
    path(f"{ONE}/secondo-invito", proposing.invite_again, name="behaviour_agreement_invite_again"),
    path(f"{ONE}/risposta", proposing.answer, name="behaviour_agreement_answer"),
    path(f"{ONE}/rifiutato", proposing.refuse, name="behaviour_agreement_refuse"),
    path(f"{ONE}/ritira", proposing.withdraw, name="behaviour_agreement_withdraw"),
    path(f"{ONE}/date", writing.days, name="behaviour_agreement_days"),
    path(f"{ONE}/persone/<int:pk>/eta", writing.age, name="behaviour_agreement_age"),
    path(f"{ONE}/persone/<int:pk>/genitore", writing.guardian, name="behaviour_agreement_guardian"),
    path(f"{ONE}/persone/<int:pk>/togli", writing.drop_party, name="behaviour_agreement_party_drop"),
    path(f"{ONE}/ente", writing.body, name="behaviour_agreement_body"),
    path(f"{ONE}/patto", writing.new_term, name="behaviour_agreement_term_new"),
    path(f"{ONE}/patti/<int:pk>", writing.term, name="behaviour_agreement_term"),
    path(f"{ONE}/patti/<int:pk>/togli", writing.drop_term, name="behaviour_agreement_term_drop"),
    path(f"{ONE}/firme", writing.sign, name="behaviour_agreement_sign"),
    path(f"{ONE}/firme/ricomincia", writing.start_again, name="behaviour_agreement_sign_again"),
    path(f"{ONE}/rivedi", writing.revise, name="behaviour_agreement_revise"),
    path(f"{ONE}/rivedi/lascia", writing.drop_draft, name="behaviour_agreement_draft_drop"),
    path(f"{ONE}/riesami/<int:pk>", keeping.review, name="behaviour_agreement_review"),
    path(f"{ONE}/mancato-rispetto", keeping.breach, name="behaviour_agreement_breach"),
    path(f"{ONE}/come-rispondi", keeping.respond, name="behaviour_agreement_respond"),
    path(f"{ONE}/concludi", keeping.complete, name="behaviour_agreement_complete"),
]
