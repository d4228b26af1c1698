"""Addresses of casework's pages."""

from django.urls import path

from vicinia.domain.casework.views import acts, case, closing, lists, steps, suggest, team

CASE = "casi/<str:reference>"
REPORT = "in-arrivo/<str:reference>"

urlpatterns = [
    path("casi", lists.cases, name="cases"),
    path("squadra", team.team, name="team"),
    path("squadra/<int:pk>/consegna", team.hand_over, name="hand_over"),
    path("squadra/<int:pk>/consegne.pdf", team.sheets_of, name="sheets_of_user"),
    path("proposte", team.proposals, name="proposals"),
    path("proposte/consegne.pdf", team.sheets_for_me, name="sheets_for_me"),
    path("proposte/accetta", team.accept_all, name="proposals_accept"),
    path("niente-dimenticato/casi", lists.forgotten, name="forgotten_cases"),
    path("persone/<str:reference>/casi", lists.of_person, name="cases_of_person"),
    path("utenti/<int:pk>/casi", lists.of_user, name="cases_of_user"),
    path(CASE, case.case, name="case"),
    path(f"{CASE}/file/<str:name>", case.file, name="case_file"),
    path(f"{CASE}/fascicolo.pdf", case.dossier, name="case_dossier"),
    path(f"{CASE}/consegne.pdf", case.handover_sheet, name="case_handover"),
    path(f"{CASE}/correggi", acts.correct, name="case_correct"),
    path(f"{CASE}/allega", acts.attach, name="case_attach"),
    path(f"{CASE}/prendi", acts.take, name="case_take"),
    path(f"{CASE}/accetta", acts.accept, name="proposal_accept"),
    path(f"{CASE}/rifiuta", steps.decline, name="proposal_decline"),
    path(f"{CASE}/ritira", steps.withdraw, name="proposal_withdraw"),
    path(f"{CASE}/persone/<int:pk>/togli", steps.remove_person, name="case_person_remove"),
    path(f"{CASE}/fase/<str:stage>", steps.enter_stage, name="case_stage"),
    path(f"{CASE}/chiudi", closing.close, name="case_chiudi"),
    path(f"{CASE}/chiusura", closing.closing, name="case_closing"),
    path(f"{CASE}/chiusura/approva", closing.approve, name="closing_approve"),
    path(f"{CASE}/chiusura/restituisci", closing.give_back, name="closing_return"),
    path(f"{CASE}/chiusura/ritira", closing.withdraw, name="closing_withdraw"),
    path(f"{CASE}/chiusura/letta", closing.read, name="closing_read"),
    path(f"{CASE}/tornate", closing.came_back, name="case_came_back"),
    path(f"{CASE}/resta-chiuso", closing.keep_closed, name="case_keep_closed"),
    path(f"{CASE}/collega-vicine", steps.link_near, name="case_link_near"),
    path(f"{CASE}/collega/suggerimenti", suggest.reports, name="case_report_suggestions"),
    path(f"{CASE}/contatto", acts.act, {"name": "contatto"}, name="case_contact"),
    path(f"{CASE}/riapri", acts.act, {"name": "riapri"}, name="case_reopen"),
    path(f"{CASE}/impegni/<int:pk>", steps.end_commitment, name="commitment_end"),
    path(f"{CASE}/interventi/<int:pk>/svolto", steps.carry_out, name="intervention_done"),
    path(f"{CASE}/interventi/<int:pk>/annulla", steps.cancel_intervention, name="intervention_cancel"),
    path(f"{CASE}/da-fare/<int:pk>/fatto", steps.finish_task, name="task_done"),
    path(f"{CASE}/da-fare/<int:pk>/non-serve", steps.drop_task, name="task_drop"),
    path(f"{CASE}/verifiche/<int:pk>", steps.watch_point, name="watch_point"),
    path(f"{CASE}/contestazioni/<int:pk>", steps.answer_contest, name="contest_answer"),
    path(f"{CASE}/segnalazioni/<str:report_reference>/togli", steps.unlink, name="case_unlink"),
    *(
        path(f"{CASE}/{name}", acts.act, {"name": name}, name=f"case_{name}")
        for name in acts.ACTS
        if name not in ("contatto", "riapri")
    ),
    path(f"{REPORT}/caso", case.on_report, name="case_on_report"),
    path(f"{REPORT}/caso/apri", acts.open_on_report, name="report_open_case"),
    path(f"{REPORT}/caso/collega", acts.link_to, name="report_link_case"),
    path(f"{REPORT}/caso/suggerimenti", suggest.cases, name="report_case_suggestions"),
    path(f"{REPORT}/contatto", acts.contact_on_report, name="report_contact"),
]
