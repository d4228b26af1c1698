"""Addresses of assemblies, their minutes and decisions."""

from django.urls import path

from vicinia.domain.assemblies.views import assemblies, decisions, holding, minutes, papers, settings

ONE = "laboratorio/assemblee/<str:reference>"
POINT = f"{ONE}/punti/<int:pk>"
AMENDMENT = f"{ONE}/verbale/correzioni/<int:pk>"

urlpatterns = [
    path("laboratorio/assemblee", assemblies.assemblies, name="assemblies"),
    path("laboratorio/assemblee/nuova", assemblies.new, name="assembly_new"),
    path("laboratorio/assemblee/regole", settings.rules_of_calls, name="call_rules"),
    path("laboratorio/assemblee/regole/<str:kind>", settings.rule_of_call, name="call_rule"),
    path(ONE, assemblies.assembly, name="assembly"),
    path(f"{ONE}/cambia", assemblies.change, name="assembly_change"),
    path(f"{ONE}/punti", assemblies.add_point, name="assembly_point_new"),
    path(f"{POINT}/cambia", assemblies.change_point, name="assembly_point"),
    path(f"{POINT}/sposta", assemblies.move_point, name="assembly_point_move"),
    path(f"{ONE}/persone", assemblies.seats, name="assembly_seats"),
    path(f"{ONE}/persone/<int:pk>/togli", assemblies.drop_seat, name="assembly_seat_drop"),
    path(f"{ONE}/convoca", holding.call, name="assembly_call"),
    path(f"{ONE}/annulla", holding.cancel, name="assembly_cancel"),
    path(f"{ONE}/presenze", holding.marks, name="assembly_marks"),
    path(f"{ONE}/apri", holding.open_assembly, name="assembly_open"),
    path(f"{ONE}/deserta", holding.no_quorum, name="assembly_no_quorum"),
    path(f"{ONE}/verbale", minutes.minutes, name="assembly_minutes"),
    path(f"{ONE}/verbale/scrivi", minutes.write, name="assembly_minutes_write"),
    path(f"{ONE}/verbale/passo", minutes.step, name="assembly_minutes_step"),
    path(f"{ONE}/verbale/correzioni", minutes.open_amendments, name="assembly_amendments"),
    path(f"{ONE}/verbale/correzioni/nuova", minutes.amend, name="assembly_amendment_new"),
    path(AMENDMENT, minutes.settle, name="assembly_amendment"),
    path(f"{ONE}/verbale/collegamento", minutes.draft_link, name="assembly_draft_link"),
    path(f"{ONE}/verbale/approva", minutes.validate, name="assembly_validate"),
    path(f"{ONE}/verbale/versioni/<int:number>", minutes.version, name="assembly_version"),
    path(f"{ONE}/decisioni", decisions.new, name="resolution_new"),
    path(f"{ONE}/convocazione.pdf", papers.call, name="assembly_call_paper"),
    path(f"{ONE}/foglio-presenze.pdf", papers.sheet, name="assembly_sheet"),
    path(f"{ONE}/verbale.pdf", papers.minutes, name="assembly_minutes_paper"),
    path("laboratorio/decisioni", decisions.register, name="resolutions"),
    path("laboratorio/decisioni/<str:reference>", decisions.resolution, name="resolution"),
    path("laboratorio/decisioni/<str:reference>/togli", decisions.take_back, name="resolution_take_back"),
]
