"""The addresses of the portal."""

from django.urls import path
from django.views.i18n import set_language

from vicinia.interfaces.portal.views import (
    events,
    follow,
    home,
    newsletter,
    notices,
    pages,
    participation,
    public,
    report,
    review,
    sent,
    suggest,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("lingua", set_language, name="set_language"),
    # Reporting
    path("segnala", report.privacy, name="report_start"),
    path("segnala/dati", report.details, name="report_details"),
    path("segnala/riepilogo", report.summary, name="report_summary"),
    path("segnala/riguarda-anche-me", report.me_too, name="report_me_too"),
    path("segnala/ricomincia", report.start_again, name="report_start_again"),
    path("segnala/foto/<str:name>", report.photo, name="draft_photo"),
    path("segnala/tipi", suggest.kinds, name="public_kind_suggestions"),
    path("segnala/conferma", sent.confirmation, name="report_sent"),
    path("segnala/valutazione", sent.rate, name="report_rate"),
    # Following
    path("segui", follow.lost_link, name="lost_link"),
    path("segui/<str:token>", follow.page, name="follow"),
    path("segui/<str:token>/scrivi", follow.write, name="follow_write"),
    path("segui/<str:token>/episodio", follow.episode, name="follow_episode"),
    path("segui/<str:token>/opinione", follow.opinion, name="follow_opinion"),
    path("segui/<str:token>/esito", follow.outcome, name="follow_outcome"),
    path("segui/<str:token>/riesame", review.review, name="follow_review"),
    path("segui/<str:token>/riesame/<str:reference>/ritira", review.withdraw, name="follow_review_withdraw"),
    path(
        "segui/<str:token>/riesame/<str:reference>/<str:kind>.pdf", review.letter, name="follow_review_letter"
    ),
    path("segui/<str:token>/contatti", follow.contacts, name="follow_contacts"),
    path("segui/<str:token>/collegamento", follow.link, name="follow_link"),
    path("segui/<str:token>/ricevuta.pdf", follow.receipt, name="follow_receipt"),
    path("segui/<str:token>/file/<str:name>", follow.file, name="follow_file"),
    # Taking part
    path("partecipa", participation.take_part, name="take_part"),
    path("partecipa/risultati", participation.results, name="public_results"),
    path("partecipa/processi/<str:reference>", participation.process, name="public_process"),
    path("partecipa/assemblee", participation.public_assemblies, name="public_assemblies"),
    path("partecipa/assemblee/<str:reference>", participation.assembly, name="public_assembly"),
    path(
        "partecipa/assemblee/<str:reference>/convocazione.pdf",
        participation.call_paper,
        name="public_call_paper",
    ),
    path("partecipa/bozza/<str:token>", participation.draft, name="minutes_draft"),
    path("partecipa/proponi", participation.propose, name="propose"),
    path("partecipa/proponi/invia", participation.send_idea, name="idea_send"),
    path("partecipa/proposte", participation.public_ideas, name="public_ideas"),
    path("partecipa/proposte/<str:reference>", participation.public_idea, name="public_idea"),
    path("partecipa/proposte/<str:reference>/sostieni", participation.support, name="idea_support_public"),
    path(
        "partecipa/proposte/<str:reference>/foto/<str:name>",
        participation.idea_photo,
        name="public_idea_photo",
    ),
    path("partecipa/mia/<str:token>", participation.mine, name="idea_mine"),
    path("partecipa/mia/<str:token>/ritira", participation.withdraw, name="idea_withdraw_mine"),
    # What everyone may see
    path("segnalazioni", public.reports, name="public_reports"),
    path("segnalazioni/punti.json", public.points, name="public_points"),
    # What the laboratory tells, and who comes
    path("avvisi", notices.notices, name="public_notices"),
    path("avvisi.atom", notices.feed, name="notices_feed"),
    path("avvisi/<str:reference>", notices.notice, name="public_notice"),
    path("eventi", events.events, name="public_events"),
    path("eventi.atom", events.feed, name="events_feed"),
    path("eventi.ics", events.calendar_feed, name="events_calendar"),
    path("eventi/<str:reference>", events.event, name="public_event"),
    path("eventi/<str:reference>/calendario.ics", events.entry, name="event_calendar"),
    path("eventi/<str:reference>/iscriviti", events.sign_up, name="sign_up"),
    path("iscrizione/<str:token>", events.sign_up_page, name="sign_up_page"),
    path("iscrizione/<str:token>/ritira", events.withdraw, name="sign_up_give_back"),
    path("newsletter", newsletter.subscribe, name="newsletter"),
    path("newsletter/conferma/<str:token>", newsletter.confirm, name="newsletter_confirm"),
    path("newsletter/esci/<str:token>", newsletter.leave, name="newsletter_leave"),
    path("servizio", pages.service, name="service"),
    path("privacy", pages.privacy, name="privacy"),
    path("accessibilita", pages.accessibility, name="accessibility"),
    path("note-legali", pages.legal, name="legal"),
]
