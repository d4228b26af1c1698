"""Addresses of programmes, sheets, activities and reports at the desk."""

from django.urls import path

from vicinia.domain.programme.views import activities, programmes, reports, sheets

PROGRAMME = "laboratorio/programmi/<str:reference>"
SHEET = "laboratorio/schede/<int:pk>"
ACTIVITY = "laboratorio/attivita/<int:pk>"
COST = "laboratorio/spese/<int:pk>"
REPORT = "laboratorio/rendiconti/<str:reference>"

urlpatterns = [
    path("laboratorio/programmi", programmes.programmes, name="programmes"),
    path("laboratorio/programmi-in-breve", programmes.in_laboratory, name="programmes_in_laboratory"),
    path("laboratorio/avanzamento", programmes.all_progress, name="programmes_progress"),
    path("laboratorio/avanzamento/<str:reference>", programmes.progress, name="programme_progress"),
    path("laboratorio/programmi/nuovo", programmes.new, name="programme_new"),
    path(PROGRAMME, programmes.programme, name="programme"),
    path(f"{PROGRAMME}/cambia", programmes.change, name="programme_change"),
    path(f"{PROGRAMME}/stato", programmes.enter, name="programme_enter"),
    path(f"{PROGRAMME}/assi", programmes.add_axis, name="axis_new"),
    path(f"{PROGRAMME}/assi/<int:pk>", programmes.change_axis, name="axis"),
    path(f"{PROGRAMME}/convenzioni", programmes.sign, name="convention_new"),
    path(
        f"{PROGRAMME}/convenzioni/<int:pk>/file/<str:name>",
        programmes.convention_file,
        name="convention_file",
    ),
    path(f"{PROGRAMME}/comitato", programmes.seat, name="member_new"),
    path(f"{PROGRAMME}/comitato/<int:pk>", programmes.end_mandate, name="member_end"),
    path(f"{PROGRAMME}/sedute", programmes.convene, name="programme_convene"),
    path(f"{PROGRAMME}/schede", sheets.new, name="sheet_new"),
    path(f"{PROGRAMME}/rendiconti", reports.begin, name="funder_report_new"),
    path(
        "laboratorio/assemblee/<str:reference>/programma",
        programmes.of_assembly,
        name="programme_of_assembly",
    ),
    path(SHEET, sheets.sheet, name="action_sheet"),
    path(f"{SHEET}/cambia", sheets.change, name="action_sheet_change"),
    path(f"{SHEET}/stato", sheets.enter, name="action_sheet_enter"),
    path(f"{SHEET}/stampa", sheets.paper, name="action_sheet_paper"),
    path(f"{SHEET}/tappe", sheets.add_milestone, name="sheet_milestone_new"),
    path("laboratorio/tappe-delle-schede/<int:pk>", sheets.move_milestone, name="sheet_milestone"),
    path(
        "laboratorio/tappe-delle-schede/<int:pk>/raggiunta",
        sheets.reach_milestone,
        name="sheet_milestone_reach",
    ),
    path(f"{SHEET}/voci", sheets.add_line, name="budget_line_new"),
    path(f"{SHEET}/voci/<int:line>", sheets.change_line, name="budget_line"),
    path(f"{SHEET}/spese", sheets.spend, name="cost_new"),
    path(COST, sheets.cost, name="cost"),
    path(f"{COST}/ricevuta", sheets.add_receipts, name="cost_receipt"),
    path(f"{COST}/annulla", sheets.void_cost, name="cost_void"),
    path(f"{COST}/file/<str:name>", sheets.receipt, name="cost_file"),
    path(f"{SHEET}/indicatori", sheets.add_indicator, name="indicator_new"),
    path(f"{SHEET}/indicatori/<int:indicator>", sheets.change_indicator, name="indicator"),
    path(f"{SHEET}/indicatori/<int:indicator>/togli", sheets.drop_indicator, name="indicator_drop"),
    path("laboratorio/attivita", activities.activities, name="programme_activities"),
    path("laboratorio/attivita/nuova", activities.log, name="programme_activity_new"),
    path(ACTIVITY, activities.activity, name="programme_activity"),
    path(f"{ACTIVITY}/cambia", activities.change, name="programme_activity_change"),
    path(f"{ACTIVITY}/registrazioni", activities.link, name="programme_activity_link"),
    path(f"{ACTIVITY}/annulla", activities.void, name="programme_activity_void"),
    path("laboratorio/rendiconti", reports.reports, name="funder_reports"),
    path(REPORT, reports.report, name="funder_report"),
    path(f"{REPORT}/scrivi", reports.write, name="funder_report_write"),
    path(f"{REPORT}/schede/<int:pk>", reports.write_note, name="funder_report_note"),
    path(f"{REPORT}/controlla", reports.check, name="funder_report_check"),
    path(f"{REPORT}/riapri", reports.reopen, name="funder_report_reopen"),
    path(f"{REPORT}/congela", reports.freeze, name="funder_report_freeze"),
    path(f"{REPORT}/invia", reports.send, name="funder_report_send"),
    path(f"{REPORT}/richieste", reports.ask, name="funder_query_new"),
    path(f"{REPORT}/richieste/<int:pk>", reports.answer, name="funder_query"),
    path(f"{REPORT}/integra", reports.integrate, name="funder_report_integrate"),
    path(f"{REPORT}/approva", reports.approve, name="funder_report_approve"),
    path(f"{REPORT}/edizioni/<int:number>/forma/<str:kind>", reports.edition_file, name="edition_file"),
    path(f"{REPORT}/schede/<int:sheet>/numeri/<str:name>", reports.figure, name="funder_report_figure"),
]
