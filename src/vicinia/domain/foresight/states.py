"""States of runs and alerts, how alerts are found, and why one is dismissed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class RunKind(models.TextChoices):
    """Why the town was looked at."""

    NIGHT = "night", _("della notte")
    NOW = "now", _("chiesto adesso")


class RunState(models.TextChoices):
    """How far a run has come."""

    QUEUED = "queued", _("in coda")
    RUNNING = "running", _("in corso")
    DONE = "done", _("finito")
    FAILED = "failed", _("non riuscito")


OPEN_RUNS = frozenset({RunState.QUEUED, RunState.RUNNING})

RUN_MOVES = Moves(
    "Run",
    RunState,
    {
        RunState.QUEUED: {RunState.RUNNING, RunState.FAILED},
        RunState.RUNNING: {RunState.DONE, RunState.FAILED},
        # A night that failed is tried again: it stays one run.
        RunState.FAILED: {RunState.QUEUED},
        RunState.DONE: set(),
    },
)


class Method(models.TextChoices):
    """How an alert was found. The codes are those of `vicinia_analytics`."""

    PERMUTATION = "permutation", _("concentrazione in un luogo e in pochi giorni")
    TREND = "trend", _("aumento in tutta la zona")


class AlertState(models.TextChoices):
    """What was decided about an alert."""

    NEW = "new", _("nuova")
    WATCHED = "watched", _("tenuta d'occhio")
    ACTED = "acted", _("seguita da un caso")
    DISMISSED = "dismissed", _("archiviata")


# A verdict is taken back by a new one, with a reason; nothing is rewritten.
ALERT_MOVES = Moves(
    "Alert",
    AlertState,
    {
        AlertState.NEW: {AlertState.WATCHED, AlertState.ACTED, AlertState.DISMISSED},
        AlertState.WATCHED: {
            AlertState.NEW,
            AlertState.WATCHED,
            AlertState.ACTED,
            AlertState.DISMISSED,
        },
        AlertState.ACTED: {AlertState.NEW, AlertState.WATCHED, AlertState.DISMISSED},
        AlertState.DISMISSED: {AlertState.NEW, AlertState.WATCHED, AlertState.ACTED},
    },
)


class Dismissal(models.TextChoices):
    """Why an alert is dismissed."""

    CHANCE = "chance", _("è un caso: non c'è nessun problema")
    DATA = "data", _("i dati sono sbagliati o doppi")
    ONE_FACT = "one_fact", _("è un fatto solo, segnalato da tanti")
    OVER = "over", _("era vero, ma è già finito")
    KNOWN = "known", _("lo sapevamo già e ce ne occupiamo")


# What counts as useless against the promised budget: the others told something true.
USELESS = frozenset({Dismissal.CHANCE, Dismissal.DATA, Dismissal.ONE_FACT})
