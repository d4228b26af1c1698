"""Addresses of processes and proposals at the desk; the public pages are the portal's."""

from django.urls import path

from vicinia.domain.participation.views import ideas, processes, results

PROCESS = "laboratorio/processi/<str:reference>"
IDEA = "laboratorio/proposte/<str:reference>"

urlpatterns = [
    path("laboratorio/partecipazione", processes.in_laboratory, name="participation_in_laboratory"),
    path("laboratorio/processi", processes.processes, name="processes"),
    path("laboratorio/processi/nuovo", processes.new, name="process_new"),
    path(PROCESS, processes.process, name="process"),
    path(f"{PROCESS}/cambia", processes.change, name="process_change"),
    path(f"{PROCESS}/apri", processes.open_process, name="process_open"),
    path(f"{PROCESS}/concludi", processes.end, name="process_end"),
    path(f"{PROCESS}/fasi", processes.add_phase, name="phase_new"),
    path(f"{PROCESS}/fasi/<int:pk>", processes.change_phase, name="phase"),
    path(f"{PROCESS}/fasi/<int:pk>/togli", processes.drop_phase, name="phase_drop"),
    path(f"{PROCESS}/assemblee", processes.plan_assembly, name="process_assembly_new"),
    path("laboratorio/assemblee/<str:reference>/processo", processes.of_assembly, name="process_of_assembly"),
    path("laboratorio/proposte", ideas.ideas, name="ideas"),
    path("laboratorio/proposte/nuova", ideas.new, name="idea_new"),
    path(IDEA, ideas.idea, name="idea"),
    path(f"{IDEA}/correggi", ideas.correct, name="idea_correct"),
    path(f"{IDEA}/pubblica", ideas.publish, name="idea_publish"),
    path(f"{IDEA}/valuta", ideas.take_up, name="idea_take_up"),
    path(f"{IDEA}/rispondi", ideas.answer, name="idea_answer"),
    path(f"{IDEA}/unisci", ideas.merge, name="idea_merge"),
    path(f"{IDEA}/ritira", ideas.withdraw, name="idea_withdraw"),
    path(f"{IDEA}/sostegni", ideas.support, name="idea_support"),
    path(f"{IDEA}/collegamento", ideas.link, name="idea_link"),
    path(f"{IDEA}/foto/<str:name>", ideas.photo, name="idea_photo"),
    path(f"{IDEA}/risultato", results.follow, name="idea_result"),
    path(f"{IDEA}/risultato/tappe", results.add_milestone, name="milestone_new"),
    path(f"{IDEA}/risultato/tappe/<int:pk>", results.milestone, name="milestone"),
]
