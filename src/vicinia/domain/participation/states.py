"""Where a process stands, what becomes of a proposal, and how far its result is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class ProcessState(models.TextChoices):
    DRAFT = "draft", _("in preparazione")
    OPEN = "open", _("aperto")
    CONCLUDED = "concluded", _("concluso")
    STOPPED = "stopped", _("interrotto")


P = ProcessState
SHOWN_PROCESSES = (P.OPEN, P.CONCLUDED, P.STOPPED)
PROCESS_MOVES = Moves(
    "Process",
    ProcessState,
    {P.DRAFT: {P.OPEN}, P.OPEN: {P.CONCLUDED, P.STOPPED}, P.CONCLUDED: {P.OPEN}, P.STOPPED: {P.OPEN}},
)


class IdeaState(models.TextChoices):
    """A proposal is merged when it goes on as part of another one, with its authors named there."""

    DRAFT = "draft", _("da leggere")
    PUBLISHED = "published", _("pubblicata")
    EVALUATING = "evaluating", _("in valutazione")
    ACCEPTED = "accepted", _("accolta")
    REJECTED = "rejected", _("non accolta")
    WITHDRAWN = "withdrawn", _("ritirata")
    MERGED = "merged", _("unita a un'altra")


I = IdeaState  # noqa: E741
OPEN_IDEAS = (I.DRAFT, I.PUBLISHED, I.EVALUATING)
ANSWERED_IDEAS = (I.ACCEPTED, I.REJECTED)
SHOWN_IDEAS = (I.PUBLISHED, I.EVALUATING, I.ACCEPTED, I.REJECTED)
# What can still be supported, and what others can be merged into.
LIVE_IDEAS = (I.PUBLISHED, I.EVALUATING)

IDEA_MOVES = Moves(
    "Idea",
    IdeaState,
    {
        I.DRAFT: {I.PUBLISHED, I.REJECTED, I.WITHDRAWN, I.MERGED},
        I.PUBLISHED: {I.EVALUATING, I.WITHDRAWN, I.MERGED},
        I.EVALUATING: {I.ACCEPTED, I.REJECTED, I.WITHDRAWN, I.MERGED},
        # An answer is followed by its result, which has states of its own.
        I.ACCEPTED: set(),
        I.REJECTED: set(),
        I.WITHDRAWN: set(),
        I.MERGED: set(),
    },
)


class Channel(models.TextChoices):
    PORTAL = "portal", _("dal portale")
    DESK = "desk", _("allo sportello")
    PAPER = "paper", _("su carta")
    ASSEMBLY = "assembly", _("in assemblea")


class ResultState(models.TextChoices):
    PLANNED = "planned", _("da avviare")
    UNDER_WAY = "under_way", _("in corso")
    DONE = "done", _("realizzata")
    STOPPED = "stopped", _("ferma")


R = ResultState
RESULT_MOVES = Moves(
    "Result",
    ResultState,
    {
        R.PLANNED: {R.UNDER_WAY, R.DONE, R.STOPPED},
        R.UNDER_WAY: {R.DONE, R.STOPPED},
        R.STOPPED: {R.UNDER_WAY},
        R.DONE: {R.UNDER_WAY},
    },
)
