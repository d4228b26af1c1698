"""Addresses of worksites at the desk; the public pages are the portal's, those of bodies the partner's."""

from django.urls import path

from vicinia.domain.worksites.views import complaints, disruptions, times, walks, works

SITE = "laboratorio/cantieri/<str:reference>"
LOT = "laboratorio/lotti/<str:reference>"
DISRUPTION = "laboratorio/disagi/<str:reference>"
COMPLAINT = "laboratorio/segnalazioni-cantiere/<str:reference>"
WALK = "laboratorio/sopralluoghi/<str:reference>"
PHASE = f"{LOT}/fasi/<int:pk>"
INTERVENTION = f"{LOT}/alloggi/<int:pk>"

urlpatterns = [
    path("laboratorio/in-cantiere", works.in_laboratory, name="worksites_in_laboratory"),
    path("laboratorio/cantieri", works.worksites, name="worksites"),
    path("laboratorio/cantieri/nuovo", works.new, name="worksite_new"),
    path(SITE, works.worksite, name="worksite"),
    path(f"{SITE}/cambia", works.change, name="worksite_change"),
    path(f"{SITE}/stato", works.enter, name="worksite_enter"),
    path(f"{SITE}/questionario.pdf", works.survey_paper, name="worksite_survey_paper"),
    path(f"{SITE}/questionario", works.survey_answer, name="worksite_survey_answer"),
    path(f"{SITE}/lotti", works.new_lot, name="lot_new"),
    path(LOT, works.lot, name="lot"),
    path(f"{LOT}/cambia", works.change_lot, name="lot_change"),
    path(f"{LOT}/stato", works.enter_lot, name="lot_enter"),
    path(f"{LOT}/cartello.pdf", works.board, name="lot_board"),
    path(f"{LOT}/stima", times.slip_lot, name="lot_slip"),
    path(f"{LOT}/fasi", times.add_phase, name="site_phase_new"),
    path(PHASE, times.phase, name="site_phase"),
    path(f"{PHASE}/stima", times.slip_phase, name="site_phase_slip"),
    path(f"{PHASE}/togli", times.drop_phase, name="site_phase_drop"),
    path(f"{LOT}/alloggi", times.add_intervention, name="intervention_in_lot_new"),
    path(INTERVENTION, times.intervention, name="intervention_in_lot"),
    path(f"{INTERVENTION}/stima", times.slip_intervention, name="intervention_in_lot_slip"),
    path(f"{INTERVENTION}/togli", times.drop_intervention, name="intervention_in_lot_drop"),
    path(f"{LOT}/disagi", disruptions.new, name="disruption_new"),
    path("laboratorio/disagi", disruptions.disruptions, name="disruptions"),
    path(DISRUPTION, disruptions.disruption, name="disruption"),
    path(f"{DISRUPTION}/cambia", disruptions.change, name="disruption_change"),
    path(f"{DISRUPTION}/avviso", disruptions.prepare, name="disruption_notice"),
    path(f"{DISRUPTION}/conferma", disruptions.confirm, name="disruption_confirm"),
    path(f"{DISRUPTION}/annulla", disruptions.cancel, name="disruption_cancel"),
    path(f"{LOT}/segnalazioni", complaints.new, name="site_complaint_new"),
    path("laboratorio/segnalazioni-cantiere", complaints.complaints, name="site_complaints"),
    path(COMPLAINT, complaints.complaint, name="site_complaint"),
    path(f"{COMPLAINT}/rispondi", complaints.answer, name="site_complaint_answer"),
    path(f"{COMPLAINT}/sistemata", complaints.finish, name="site_complaint_finish"),
    path(f"{COMPLAINT}/chiudi", complaints.close, name="site_complaint_close"),
    path(f"{COMPLAINT}/riapri", complaints.reopen, name="site_complaint_reopen"),
    path(f"{COMPLAINT}/scrivi", complaints.write, name="site_complaint_write"),
    path(f"{COMPLAINT}/risolta", complaints.confirm, name="site_complaint_confirm"),
    path(f"{COMPLAINT}/urgente", complaints.urgent, name="site_complaint_urgent"),
    path(f"{COMPLAINT}/caso", complaints.to_case, name="site_complaint_case"),
    path(f"{COMPLAINT}/collegamento", complaints.link, name="site_complaint_link"),
    path(f"{COMPLAINT}/foto/<str:name>", complaints.photo, name="site_complaint_photo"),
    path(f"{LOT}/sopralluoghi", walks.new, name="site_walk_new"),
    path(WALK, walks.walk, name="site_walk"),
    path(f"{WALK}/cambia", walks.change, name="site_walk_change"),
    path(f"{WALK}/verbale", walks.hold, name="site_walk_hold"),
    path(f"{WALK}/annulla", walks.cancel, name="site_walk_cancel"),
    path(f"{WALK}/punti", walks.add_point, name="site_walk_point_new"),
    path(f"{WALK}/punti/<int:pk>", walks.point, name="site_walk_point"),
    path(f"{WALK}/verbale.pdf", walks.paper, name="site_walk_paper"),
    path(f"{WALK}/foto/<str:name>", walks.photo, name="site_walk_photo"),
]
