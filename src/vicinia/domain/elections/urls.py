"""Addresses of votes and draws at the desk; the public pages are the portal's."""

from django.urls import path

from vicinia.domain.elections.views import counting, draws, papers, polls, rolls

POLL = "laboratorio/votazioni/<str:reference>"
DRAW = "laboratorio/estrazioni/<str:reference>"

urlpatterns = [
    path("laboratorio/votazioni", polls.polls, name="polls"),
    path("laboratorio/votazioni/riquadro", polls.in_laboratory, name="votes_in_laboratory"),
    path("laboratorio/votazioni/nuova", polls.new, name="poll_new"),
    path(POLL, polls.poll, name="poll"),
    path(f"{POLL}/cambia", polls.change, name="poll_change"),
    path(f"{POLL}/voci", polls.add_option, name="poll_option_new"),
    path(f"{POLL}/voci/<str:letter>/togli", polls.drop_option, name="poll_option_drop"),
    path(f"{POLL}/indici", polls.call, name="poll_call"),
    path(f"{POLL}/annulla", polls.annul, name="poll_annul"),
    path(f"{POLL}/elenco", rolls.roll, name="poll_roll"),
    path(f"{POLL}/elenco/prepara", rolls.list_voters, name="poll_list"),
    path(f"{POLL}/elenco/aggiungi", rolls.admit, name="poll_admit"),
    path(f"{POLL}/elenco/<int:number>/togli", rolls.strike, name="poll_strike"),
    path(f"{POLL}/elenco/<int:number>/carta", rolls.mark_paper, name="poll_mark"),
    path(f"{POLL}/elenco/<int:number>/codice", rolls.one_code, name="poll_code"),
    path(f"{POLL}/codici", rolls.codes, name="poll_codes"),
    path(f"{POLL}/chiudi", counting.close, name="poll_close"),
    path(f"{POLL}/schede", counting.paper, name="poll_paper"),
    path(f"{POLL}/scrutinio", counting.count, name="poll_count"),
    path(f"{POLL}/scheda.pdf", papers.ballot, name="poll_ballot_paper"),
    path(f"{POLL}/registro.pdf", papers.register, name="poll_register_paper"),
    path(f"{POLL}/verbale.pdf", papers.report, name="poll_report_paper"),
    path("laboratorio/estrazioni", draws.draws, name="draws"),
    path("laboratorio/estrazioni/nuova", draws.new, name="draw_new"),
    path(DRAW, draws.draw, name="draw"),
    path(f"{DRAW}/cambia", draws.change, name="draw_change"),
    path(f"{DRAW}/elenco", draws.fill, name="draw_fill"),
    path(f"{DRAW}/pubblica", draws.publish, name="draw_publish"),
    path(f"{DRAW}/estrai", draws.pull, name="draw_pull"),
    path(f"{DRAW}/annulla", draws.cancel, name="draw_cancel"),
]
