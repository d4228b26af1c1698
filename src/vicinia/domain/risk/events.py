"""What the journal says of assessments, and what they leave open on a case."""

from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework import matters
from vicinia.foundation.journal.events import declare

ASSESSED = declare(
    "risk.assessed", _("Rischio valutato: %(band)s (%(score)s punti su %(most)s)."), group="case"
)
PUBLISHED = declare("risk.published", _("Pubblicata la versione %(version)s del questionario di rischio."))

TO_REVIEW = matters.declare("risk.to_review", _("Rivedere la valutazione del rischio."), while_open=True)
AFTER_INCIDENT = matters.declare(
    "risk.after_incident",
    _("È successo altro dopo l'ultima valutazione del rischio: rifalla."),
    while_open=True,
)
