"""Addresses of what the laboratory tells the neighbourhood; the public pages are the portal's."""

from django.urls import path

from vicinia.domain.outreach.views import carrying, events, home, newsletter, notices, plan, signing

NOTICE = "laboratorio/avvisi/<str:reference>"
TEXT = f"{NOTICE}/testi/<str:language>"
EVENT = "laboratorio/eventi/<str:reference>"
SIGN_UP = f"{EVENT}/iscritti/<int:pk>"
LINE = "laboratorio/piano/<int:pk>"

urlpatterns = [
    path("laboratorio", home.home, name="outreach"),
    path("laboratorio/avvisi", notices.notices, name="notices"),
    path("laboratorio/avvisi/nuovo", notices.new, name="notice_new"),
    path(NOTICE, notices.notice, name="notice"),
    path(f"{NOTICE}/destinatari", notices.audience, name="notice_audience"),
    path(TEXT, notices.text, name="notice_text"),
    path(f"{TEXT}/togli", notices.drop_text, name="notice_text_drop"),
    path(f"{TEXT}/riletto", notices.read_again, name="notice_read_again"),
    path(f"{NOTICE}/approva", notices.approve, name="notice_approve"),
    path(f"{NOTICE}/pubblica", notices.publish, name="notice_publish"),
    path(f"{NOTICE}/ritira", notices.withdraw, name="notice_withdraw"),
    path(f"{NOTICE}/stampa", carrying.papers_page, name="notice_papers"),
    path(f"{NOTICE}/manifesto.pdf", carrying.poster, name="notice_poster"),
    path(f"{NOTICE}/volantino.pdf", carrying.leaflet, name="notice_leaflet"),
    path(f"{NOTICE}/porte.pdf", carrying.doors, name="notice_doors"),
    path(f"{NOTICE}/consegne", carrying.deliver, name="notice_deliver"),
    path(f"{NOTICE}/consegne/<int:pk>/togli", carrying.drop, name="delivery_drop"),
    path(f"{NOTICE}/consegne/<int:pk>/foto/<str:name>", carrying.photo, name="delivery_photo"),
    path("laboratorio/eventi", events.events, name="events"),
    path("laboratorio/eventi/nuovo", events.new, name="event_new"),
    path(EVENT, events.event, name="event"),
    path(f"{EVENT}/cambia", events.change, name="event_change"),
    path(f"{EVENT}/annuncia", events.announce, name="event_announce"),
    path(f"{EVENT}/annulla", events.cancel, name="event_cancel"),
    path(f"{EVENT}/svolto", events.hold, name="event_hold"),
    path(f"{EVENT}/presenze", events.count, name="event_count"),
    path(f"{EVENT}/relazione", events.report, name="event_report"),
    path(f"{EVENT}/relazione.pdf", events.report_paper, name="event_report_paper"),
    path(f"{EVENT}/avviso", events.notice_for, name="event_notice"),
    path(f"{EVENT}/iscritti", signing.sign_ups, name="sign_ups"),
    path(f"{EVENT}/iscritti/nuova", signing.new, name="sign_up_new"),
    path(f"{SIGN_UP}/ritira", signing.withdraw, name="sign_up_withdraw"),
    path(f"{SIGN_UP}/avvisato", signing.called, name="sign_up_called"),
    path(f"{EVENT}/accoglienza", signing.door, name="event_door"),
    path(f"{EVENT}/foglio.pdf", signing.sheet, name="event_sheet"),
    path("laboratorio/piano", plan.table, name="outreach_plan"),
    path("laboratorio/piano/calendario", plan.month, name="outreach_month"),
    path("laboratorio/piano/piano.pdf", plan.paper, name="outreach_plan_paper"),
    path("laboratorio/piano/nuova", plan.new, name="plan_line_new"),
    path(LINE, plan.change, name="plan_line"),
    path(f"{LINE}/fatta", plan.finish, name="plan_line_done"),
    path(f"{LINE}/lascia", plan.drop, name="plan_line_drop"),
    path(f"{LINE}/riprendi", plan.resume, name="plan_line_resume"),
    path("laboratorio/newsletter", newsletter.subscribers, name="subscribers"),
    path("laboratorio/newsletter/iscrivi", newsletter.add, name="subscribe_at_desk"),
    path("laboratorio/newsletter/togli", newsletter.end, name="unsubscribe_at_desk"),
]
