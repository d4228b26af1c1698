"""What the journal says of SARA sheets, and what they leave open on a case."""

from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework import matters
from vicinia.domain.problems.states import Part
from vicinia.foundation.journal.events import declare

BEGUN = declare("problem.begun", _("Cominciata la scheda SARA."), group="case")
WRITTEN = declare("problem.written", _("Scheda SARA, %(part)s: scritta."), group="case")
CAUSE = declare("problem.cause", _("Scheda SARA, causa: %(what)s."), group="case")
CAUSE_DROPPED = declare("problem.cause_dropped", _("Scheda SARA, tolta la causa: %(what)s."), group="case")
MEASURE = declare("problem.measure", _("Scheda SARA, misura: %(what)s. %(mechanism)s"), group="interventions")
PRINTED = declare("problem.printed", _("Stampata la scheda SARA."), group="documents")

INCOMPLETE = {
    Part.SCANNING: matters.declare(
        "problem.no_scanning", _("Scheda SARA, emersione: da completare."), while_open=True
    ),
    Part.ANALYSIS: matters.declare(
        "problem.no_analysis", _("Scheda SARA, approfondimento: da completare."), while_open=True
    ),
    Part.RESPONSE: matters.declare(
        "problem.no_response", _("Scheda SARA, intervento: da completare."), while_open=True
    ),
    Part.ASSESSMENT: matters.declare(
        "problem.no_assessment", _("Scheda SARA, verifica: da completare."), while_open=True
    ),
    Part.MAINTENANCE: matters.declare(
        "problem.no_maintenance",
        _("Scheda SARA, mantenimento: da completare."),
        while_open=True,
    ),
}
