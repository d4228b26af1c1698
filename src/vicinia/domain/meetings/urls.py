"""Addresses of network meetings."""

from django.urls import path

from vicinia.domain.meetings.views import agenda, giving, meetings, minutes

MEETING = "tavoli/<str:reference>"
ITEM = f"{MEETING}/punti/<int:pk>"
ACTION = f"{MEETING}/azioni/<int:pk>"

urlpatterns = [
    path("tavoli", meetings.meetings, name="meetings"),
    path("tavoli/nuovo", meetings.new, name="meeting_new"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}/cambia", meetings.change, name="meeting_change"),
    path(f"{MEETING}/annulla", meetings.cancel, name="meeting_cancel"),
    path(f"{MEETING}/calendario.ics", meetings.calendar_entry, name="meeting_calendar"),
    path(f"{MEETING}/invitati", meetings.guests, name="meeting_guests"),
    path(f"{MEETING}/invitati/<int:pk>/togli", meetings.uninvite, name="meeting_uninvite"),
    path(f"{MEETING}/inviti", meetings.send_invitations, name="meeting_send"),
    path(f"{MEETING}/ordine-del-giorno", agenda.agenda, name="meeting_agenda"),
    path(f"{ITEM}/cambia", agenda.change, name="meeting_item_change"),
    path(f"{ITEM}/sposta", agenda.move, name="meeting_item_move"),
    path(f"{MEETING}/comincia", minutes.hold, name="meeting_hold"),
    path(f"{MEETING}/verbale", minutes.minutes, name="meeting_minutes"),
    path(f"{MEETING}/verbale/presenze", minutes.attendance, name="meeting_attendance"),
    path(f"{MEETING}/verbale/chiudi", minutes.close, name="meeting_close"),
    path(f"{MEETING}/verbale/nota", minutes.note, name="meeting_note"),
    path(f"{ITEM}/verbale", minutes.write, name="meeting_item_write"),
    path(f"{ITEM}/azione", minutes.add_action, name="meeting_action_new"),
    path(f"{ACTION}/togli", minutes.drop_action, name="meeting_action_drop"),
    path(f"{ACTION}/fatta", minutes.finish_action, name="meeting_action_done"),
    path(f"{MEETING}/verbale.pdf", giving.paper, name="meeting_paper"),
    path(f"{MEETING}/estratto", giving.extract, name="meeting_extract"),
    path(f"{MEETING}/estratti/<int:pk>.pdf", giving.extract_paper, name="meeting_extract_paper"),
    path("casi/<str:reference>/tavoli", agenda.on_case, name="meetings_on_case"),
    path("casi/<str:reference>/tavoli/metti", agenda.put_on, name="meeting_put_on"),
]
