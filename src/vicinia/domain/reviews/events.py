"""What the journal says of reviews, and what they leave open on a case. Numbers, days and names of office; no words."""

from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework import matters
from vicinia.foundation.journal.events import declare

RIGHT_TOLD = declare(
    "review.right_told",
    _("Scritto a chi segnala che può chiedere un riesame."),
    told=_("Ti abbiamo scritto che puoi chiedere un riesame."),
    group="reviews",
)
ASKED = declare(
    "review.asked",
    _("Chiesto un riesame: %(reference)s."),
    told=_("Hai chiesto un riesame: %(reference)s."),
    group="reviews",
)
ACKNOWLEDGED = declare(
    "review.acknowledged",
    _("Riesame %(reference)s confermato. Presiede %(chair)s."),
    told=_("Abbiamo confermato il riesame. Lo presiede %(chair)s."),
    group="reviews",
)
CHAIR_CHANGED = declare(
    "review.chair_changed",
    _("Riesame %(reference)s: ora presiede %(chair)s."),
    told=_("Il riesame ora lo presiede %(chair)s."),
    group="reviews",
)
BELOW_THRESHOLD = declare(
    "review.below_threshold",
    _("Riesame %(reference)s: requisiti non raggiunti."),
    told=_("Il riesame non si farà: qui trovi perché."),
    group="reviews",
)
THRESHOLD_MET = declare(
    "review.threshold_met",
    _("Riesame %(reference)s accolto."),
    told=_("Il riesame si farà."),
    group="reviews",
)
MEETING_SET = declare(
    "review.meeting_set",
    _("Riesame %(reference)s: incontro il %(day)s."),
    told=_("L'incontro per il riesame è il %(day)s."),
    group="reviews",
)
RECOMMENDED = declare("review.recommended", _("Riesame %(reference)s: scritta una raccomandazione."))
UNRECOMMENDED = declare("review.unrecommended", _("Riesame %(reference)s: tolta una raccomandazione."))
DECIDED = declare(
    "review.decided",
    _("Riesame %(reference)s deciso, raccomandazioni: %(count)s."),
    told=_("Il riesame è deciso: qui trovi la decisione."),
    group="reviews",
)
WITHDRAWN = declare(
    "review.withdrawn",
    _("Riesame %(reference)s ritirato da chi lo aveva chiesto."),
    told=_("Hai ritirato la richiesta di riesame."),
    group="reviews",
)
ACCEPTED = declare(
    "review.accepted",
    _("Riesame %(reference)s: accettata una raccomandazione."),
    told=_("Abbiamo accettato una raccomandazione del riesame."),
    group="reviews",
)
REFUSED = declare(
    "review.refused",
    _("Riesame %(reference)s: non accettata una raccomandazione."),
    told=_("Non abbiamo accettato una raccomandazione: qui trovi perché."),
    group="reviews",
)
LETTER = declare("review.letter", _("Riesame %(reference)s: stampata la lettera."), group="documents")
ERASED = declare("review.erased", _("Cancellate le parole del riesame %(reference)s."))

TO_ACKNOWLEDGE = matters.declare(
    "review.to_acknowledge", _("Riesame %(reference)s: confermare la richiesta.")
)
TO_SETTLE = matters.declare("review.to_settle", _("Riesame %(reference)s: dire se i requisiti ci sono."))
TO_MEET = matters.declare("review.to_meet", _("Riesame %(reference)s: fissare l'incontro."))
TO_DECIDE = matters.declare("review.to_decide", _("Riesame %(reference)s: incontro e decisione."))
TO_ANSWER = matters.declare("review.to_answer", _("Riesame %(reference)s: rispondere alle raccomandazioni."))
