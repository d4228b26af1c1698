"""Channels, states of a report and the table of their moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class Channel(models.TextChoices):
    """How a report reached the unit."""

    WEB = "web", _("web")
    PHONE = "phone", _("telefono")
    DESK = "desk", _("sportello")
    STREET = "street", _("in strada")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("lettera")
    PARTNER = "partner", _("ente della rete")
    OPEN311 = "open311", _("Open311")
    IMPORT = "import", _("importazione")


class LegalBasis(models.TextChoices):
    """The regime of data that a report or case falls under. The two never mix."""

    ADMINISTRATIVE = "administrative", _("Amministrativo e sociale (GDPR)")
    POLICE = "police", _("Pubblica sicurezza e polizia giudiziaria (D.Lgs. 51/2018)")


class ReportState(models.TextChoices):
    """Where a report stands. What came of it is the outcome of its case."""

    RECEIVED = "received", _("Ricevuta")
    TAKEN = "taken", _("Presa in carico")
    WAITING = "waiting", _("In attesa di chi segnala")
    LINKED = "linked", _("In un caso")
    ANSWERED = "answered", _("Risposta data")
    REDIRECTED = "redirected", _("Passata all'ente competente")
    SET_ASIDE = "set_aside", _("Messa da parte")
    MERGED = "merged", _("Unita a un'altra")


class Frequency(models.TextChoices):
    """How often it happens, as the reporter says."""

    ONCE = "once", _("una volta sola")
    SOMETIMES = "sometimes", _("ogni tanto")
    WEEKLY = "weekly", _("ogni settimana")
    DAILY = "daily", _("quasi ogni giorno")


class RatingAnswer(models.TextChoices):
    """What was hard or liked about the form: the answers of the national model, worse ones first."""

    UNCLEAR = "unclear", _("A volte le indicazioni non erano chiare")
    INCOMPLETE = "incomplete", _("A volte le indicazioni non erano complete")
    LOST = "lost", _("A volte non capivo se stavo procedendo correttamente")
    TECHNICAL = "technical", _("Ho avuto problemi tecnici")
    HARD_OTHER = "hard_other", _("Altro")
    CLEAR = "clear", _("Le indicazioni erano chiare")
    COMPLETE = "complete", _("Le indicazioni erano complete")
    SURE = "sure", _("Capivo sempre che stavo procedendo correttamente")
    SMOOTH = "smooth", _("Non ho avuto problemi tecnici")
    LIKED_OTHER = "liked_other", _("Altro")


OPEN_STATES = frozenset({ReportState.RECEIVED, ReportState.TAKEN, ReportState.WAITING, ReportState.LINKED})
TRIAGE_STATES = frozenset({ReportState.RECEIVED, ReportState.TAKEN, ReportState.WAITING})
ENDED_STATES = frozenset(set(ReportState) - OPEN_STATES)

_TRIAGED = {
    ReportState.LINKED,
    ReportState.ANSWERED,
    ReportState.REDIRECTED,
    ReportState.SET_ASIDE,
    ReportState.MERGED,
}

# Every ended state leads back to where triage can start again: that is what "undo" and "reopen" do.
REPORT_MOVES = Moves(
    "Report",
    ReportState,
    {
        ReportState.RECEIVED: {ReportState.TAKEN, ReportState.WAITING, *_TRIAGED},
        ReportState.TAKEN: {ReportState.RECEIVED, ReportState.WAITING, *_TRIAGED},
        ReportState.WAITING: {ReportState.RECEIVED, ReportState.TAKEN, *_TRIAGED},
        ReportState.LINKED: {
            ReportState.RECEIVED,
            ReportState.TAKEN,
            ReportState.WAITING,
            ReportState.ANSWERED,
        },
        ReportState.ANSWERED: {
            ReportState.RECEIVED,
            ReportState.TAKEN,
            ReportState.WAITING,
            ReportState.LINKED,
        },
        ReportState.REDIRECTED: {ReportState.RECEIVED, ReportState.TAKEN, ReportState.WAITING},
        ReportState.SET_ASIDE: {ReportState.RECEIVED, ReportState.TAKEN, ReportState.WAITING},
        ReportState.MERGED: {ReportState.RECEIVED, ReportState.TAKEN, ReportState.WAITING},
    },
)
