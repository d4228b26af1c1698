"""What the journal says of processes and proposals. No word of who proposes."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

PLANNED = declare("process.planned", _("Processo messo in preparazione."), group="participation")
CHANGED = declare("process.changed", _("Cambiati i testi del processo."), group="participation")
PHASED = declare("process.phased", _("Cambiate le fasi del processo."), group="participation")
ENTERED = declare("process.entered", _("Il processo è ora: %(state)s."), group="participation")
LINKED = declare("process.assembly", _("Nel processo c'è l'assemblea %(assembly)s."), group="participation")

PROPOSED = declare("idea.proposed", _("Proposta arrivata %(channel)s."), group="participation")
CORRECTED = declare("idea.corrected", _("Corretti i testi della proposta."), group="participation")
PUBLISHED = declare("idea.published", _("Proposta pubblicata."), group="participation")
EVALUATING = declare(
    "idea.evaluating", _("Proposta in valutazione: risposta entro il %(day)s."), group="participation"
)
ANSWERED = declare("idea.answered", _("Risposta alla proposta: %(state)s."), group="participation")
WITHDRAWN = declare("idea.withdrawn", _("Proposta ritirata."), group="participation")
MERGED = declare("idea.merged", _("Proposta unita alla %(other)s."), group="participation")
TAKEN_IN = declare("idea.taken_in", _("Unita a questa la proposta %(other)s."), group="participation")
SUPPORTED = declare("idea.supported", _("Un sostegno in più, %(channel)s."), group="participation")
LINK_GIVEN = declare("idea.link", _("Dato un nuovo collegamento a chi propone."), group="participation")
RESULT = declare("result.updated", _("Risultato: %(state)s, %(percent)s%%."), group="participation")
MILESTONE = declare("result.milestone", _("Cambiate le tappe del risultato."), group="participation")
ERASED = declare("idea.erased", _("Cancellati i dati di chi ha proposto o sostenuto."), group="participation")
