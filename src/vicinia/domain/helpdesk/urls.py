"""Addresses of the help desk at the laboratory; the pages for residents are the portal's."""

from django.urls import path

from vicinia.domain.helpdesk.views import agenda, contacts, files, points, queue

HOME = "laboratorio/sportello"
CONTACT = f"{HOME}/contatti/<int:pk>"
APPOINTMENT = f"{HOME}/appuntamenti/<str:reference>"
FILE = f"{HOME}/pratiche/<str:reference>"
POINT = f"{HOME}/orari/<slug:code>"

urlpatterns = [
    path(HOME, contacts.home, name="helpdesk"),
    path(f"{HOME}/riquadro", contacts.in_laboratory, name="help_in_laboratory"),
    path(f"{HOME}/contatti", contacts.contacts, name="help_contacts"),
    path(f"{HOME}/contatti/nuovo", contacts.note, name="help_contact_new"),
    path(CONTACT, contacts.contact, name="help_contact"),
    path(f"{CONTACT}/correggi", contacts.correct, name="help_contact_correct"),
    path(f"{CONTACT}/togli", contacts.strike, name="help_contact_strike"),
    path(f"{HOME}/conteggi", contacts.counts, name="help_counts"),
    path(f"{HOME}/conteggi.csv", contacts.counts_csv, name="help_counts_csv"),
    path("persone/<str:reference>/sportello", contacts.of_person, name="help_of_person"),
    path(f"{HOME}/agenda/<slug:code>", agenda.agenda, name="help_agenda"),
    path(f"{HOME}/agenda/<slug:code>/nuovo", agenda.new, name="appointment_new"),
    path(APPOINTMENT, agenda.appointment, name="appointment"),
    path(f"{APPOINTMENT}/sposta", agenda.move, name="appointment_move"),
    path(f"{APPOINTMENT}/annulla", agenda.cancel, name="appointment_cancel"),
    path(f"{APPOINTMENT}/segna/<slug:what>", agenda.mark, name="appointment_mark"),
    path(f"{APPOINTMENT}/avvisato", agenda.called, name="appointment_called"),
    path(f"{APPOINTMENT}/promemoria", agenda.slip, name="appointment_slip"),
    path(f"{HOME}/coda/<slug:code>", queue.queue, name="help_queue"),
    path(f"{HOME}/coda/<slug:code>/numero", queue.take, name="ticket_take"),
    path(f"{HOME}/coda/<slug:code>/prossimo", queue.call_next, name="ticket_next"),
    path(f"{HOME}/numeri/<int:pk>/segna/<slug:what>", queue.turn, name="ticket_turn"),
    path(f"{HOME}/pratiche", files.files, name="help_files"),
    path(f"{HOME}/pratiche/nuova", files.new, name="help_file_new"),
    path(FILE, files.file, name="help_file"),
    path(f"{FILE}/correggi", files.change, name="help_file_change"),
    path(f"{FILE}/diario", files.note, name="help_file_note"),
    path(f"{FILE}/stato", files.step, name="help_file_step"),
    path(f"{FILE}/passa", files.hand, name="help_file_hand"),
    path(f"{FILE}/segnalazione", files.report, name="help_file_report"),
    path(f"{FILE}/caso", files.case, name="help_file_case"),
    path(f"{FILE}/file/<str:name>", files.attachment, name="help_file_attachment"),
    path(f"{HOME}/orari", points.points, name="help_points"),
    path(f"{HOME}/orari-nuovi", points.new, name="help_point_new"),
    path(POINT, points.point, name="help_point"),
    path(f"{POINT}/cambia", points.change, name="help_point_change"),
    path(f"{POINT}/settimana", points.add_hours, name="help_hours_new"),
    path(f"{POINT}/settimana/<int:pk>/togli", points.drop_hours, name="help_hours_drop"),
    path(f"{POINT}/giorni", points.set_day, name="help_day_set"),
    path(f"{POINT}/giorni/<int:pk>/togli", points.drop_day, name="help_day_drop"),
]
