"""Kinds, stages and outcomes of cases, with the table of their moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class CaseKind(models.TextChoices):
    """What a case is about."""

    PERSON = "person", _("Persona o problema")
    PLACE = "place", _("Problema di un luogo")
    REHOUSING = "rehousing", _("Accompagnamento al trasferimento")


# What a person chooses when a case is opened or put right; the others come from their own subject.
CHOSEN_KINDS = [(kind.value, kind.label) for kind in (CaseKind.PERSON, CaseKind.PLACE)]


class Stage(models.TextChoices):
    """Where the work on a case stands (SARA, with watching)."""

    SCANNING = "scanning", _("Emersione")
    ANALYSIS = "analysis", _("Approfondimento")
    RESPONSE = "response", _("Intervento")
    ASSESSMENT = "assessment", _("Verifica")
    WATCHING = "watching", _("Monitoraggio")
    CLOSED = "closed", _("Chiuso")


class Outcome(models.TextChoices):
    """What came of it: another thing than the stage."""

    SOLVED = "solved", _("risolto")
    IMPROVED = "improved", _("migliorato")
    CONTAINED = "contained", _("contenuto")
    HANDED_OVER = "handed_over", _("passato ad altri")
    UNFOUNDED = "unfounded", _("non confermato")
    WITHDRAWN = "withdrawn", _("ritirato")


STAGE_ORDER = [Stage.SCANNING, Stage.ANALYSIS, Stage.RESPONSE, Stage.ASSESSMENT, Stage.WATCHING, Stage.CLOSED]

STAGE_MOVES = Moves(
    "Case",
    Stage,
    {
        Stage.SCANNING: {Stage.ANALYSIS, Stage.RESPONSE, Stage.CLOSED},
        Stage.ANALYSIS: {Stage.SCANNING, Stage.RESPONSE, Stage.CLOSED},
        Stage.RESPONSE: {Stage.ANALYSIS, Stage.ASSESSMENT, Stage.CLOSED},
        Stage.ASSESSMENT: {Stage.RESPONSE, Stage.WATCHING, Stage.CLOSED},
        Stage.WATCHING: {Stage.RESPONSE, Stage.CLOSED},
        Stage.CLOSED: {Stage.ANALYSIS, Stage.RESPONSE},
    },
)


class ContactDirection(models.TextChoices):
    OUT = "out", _("abbiamo cercato noi")
    IN = "in", _("ci ha cercati")


class ContactHow(models.TextChoices):
    PHONE = "phone", _("telefono")
    HOME = "home", _("a casa")
    STREET = "street", _("in strada")
    OFFICE = "office", _("in ufficio")
    EMAIL = "email", _("e-mail")
    MESSAGE = "message", _("messaggio")
    LETTER = "letter", _("lettera")


class CommitmentBy(models.TextChoices):
    """Who has made a commitment."""

    UNIT = "unit", _("noi")
    REPORTER = "reporter", _("chi segnala")
    BODY = "body", _("un ente della rete")
    OTHER = "other", _("altri")


class CommitmentState(models.TextChoices):
    OPEN = "open", _("in corso")
    KEPT = "kept", _("mantenuto")
    NOT_KEPT = "not_kept", _("non mantenuto")
    DROPPED = "dropped", _("non serve più")


COMMITMENT_MOVES = Moves(
    "Commitment",
    CommitmentState,
    {
        CommitmentState.OPEN: {CommitmentState.KEPT, CommitmentState.NOT_KEPT, CommitmentState.DROPPED},
        CommitmentState.KEPT: {CommitmentState.OPEN},
        CommitmentState.NOT_KEPT: {CommitmentState.OPEN},
        CommitmentState.DROPPED: {CommitmentState.OPEN},
    },
)


class InterventionKind(models.TextChoices):
    PRESENCE = "presence", _("presidio")
    PREVENTIVE = "preventive", _("preventivo")
    REPRESSIVE = "repressive", _("repressivo")
    SOCIAL = "social", _("sociale")
    COMMUNITY = "community", _("di comunità")
    MEDIATION = "mediation", _("mediazione")
    WORKS = "works", _("lavori")


class InterventionWay(models.TextChoices):
    DIRECT = "direct", _("diretto")
    SHARED = "shared", _("condiviso")
    PARTNER = "partner", _("guidato da un ente")
    RESIDENTS = "residents", _("guidato dai residenti")


class InterventionState(models.TextChoices):
    PLANNED = "planned", _("previsto")
    DONE = "done", _("svolto")
    CANCELLED = "cancelled", _("annullato")


INTERVENTION_MOVES = Moves(
    "Intervention",
    InterventionState,
    {
        InterventionState.PLANNED: {InterventionState.DONE, InterventionState.CANCELLED},
        InterventionState.DONE: set(),
        InterventionState.CANCELLED: set(),
    },
)


class ProposalState(models.TextChoices):
    """A proposal that someone take a case in charge: nobody is in charge without having accepted."""

    PROPOSED = "proposed", _("in attesa di risposta")
    ACCEPTED = "accepted", _("accettata")
    DECLINED = "declined", _("rifiutata")
    WITHDRAWN = "withdrawn", _("ritirata")


PROPOSAL_MOVES = Moves(
    "Proposal",
    ProposalState,
    {
        ProposalState.PROPOSED: {ProposalState.ACCEPTED, ProposalState.DECLINED, ProposalState.WITHDRAWN},
        ProposalState.ACCEPTED: set(),
        ProposalState.DECLINED: set(),
        ProposalState.WITHDRAWN: set(),
    },
)


class ClosingState(models.TextChoices):
    """A request to close a case, which who assigns approves or returns."""

    ASKED = "asked", _("da approvare")
    APPROVED = "approved", _("approvata")
    RETURNED = "returned", _("restituita")
    WITHDRAWN = "withdrawn", _("ritirata")


CLOSING_MOVES = Moves(
    "ClosingRequest",
    ClosingState,
    {
        ClosingState.ASKED: {ClosingState.APPROVED, ClosingState.RETURNED, ClosingState.WITHDRAWN},
        ClosingState.APPROVED: set(),
        ClosingState.RETURNED: set(),
        ClosingState.WITHDRAWN: set(),
    },
)


class PersonRole(models.TextChoices):
    """What a person is in a case: someone who lives the situation, never a suspect."""

    REPORTER = "reporter", _("chi segnala")
    AFFECTED = "affected", _("chi ne soffre")
    NEIGHBOUR = "neighbour", _("altra parte")
    WITNESS = "witness", _("testimone")
    CONTACT = "contact", _("persona di riferimento")


class OutcomeVerdict(models.TextChoices):
    """What the reporter says of the outcome."""

    CONFIRMED = "confirmed", _("confermato")
    CONTESTED = "contested", _("contestato")
