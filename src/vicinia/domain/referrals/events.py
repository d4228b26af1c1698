"""What the journal says of referrals, and what they leave open on a case. No word of what was shared."""

from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework import matters
from vicinia.foundation.journal.events import declare

SENT = declare("referral.sent", _("Chiesto a %(body)s (%(kind)s), entro il %(due)s."), group="network")
ACCEPTED = declare(
    "referral.accepted",
    _("%(body)s ha accettato."),
    group="network",
)
ACCEPTED_TOLD = declare(
    "referral.accepted_told",
    _("%(body)s ha accettato."),
    told=_("%(body)s ha accettato di occuparsene."),
    group="network",
)
DECLINED = declare("referral.declined", _("%(body)s ha rifiutato: %(reason)s"), group="network")
EXPIRED = declare("referral.expired", _("%(body)s non ha risposto in tempo."), group="network")
STARTED = declare("referral.started", _("%(body)s ha cominciato."), group="network")
DONE = declare("referral.done", _("%(body)s ha concluso."), group="network")
REVOKED = declare("referral.revoked", _("Revocata la richiesta a %(body)s: %(reason)s"), group="network")
NOTE_OURS = declare("referral.note_ours", _("Scritto a %(body)s."), group="network")
NOTE_THEIRS = declare("referral.note_theirs", _("%(body)s ha scritto."), group="network")
READ = declare("referral.read", _("Letto com'è finita la richiesta a %(body)s."), group="network")
READ_WORDS = declare("referral.read_words", _("Letto che cosa scrive %(body)s."), group="network")
LINK_SENT = declare(
    "referral.link_sent", _("Mandato a %(body)s un collegamento per questa richiesta."), group="network"
)
LINK_REVOKED = declare(
    "referral.link_revoked", _("Chiuso il collegamento mandato a %(body)s."), group="network"
)
CODE_SENT = declare("referral.code_sent", _("Mandato un codice a %(body)s."), group="network")
CODE_WRONG = declare("referral.code_wrong", _("Un codice per %(body)s non era giusto."), group="network")
ENTERED = declare("referral.entered", _("%(body)s è entrato con il codice."), group="network")
ERASED = declare("referral.erased", _("Cancellato ciò che era condiviso con %(body)s di una persona."))

WAITING = matters.declare("referral.waiting", _("%(body)s non ha ancora risposto."))
GOING_ON = matters.declare("referral.going_on", _("Sentire %(body)s: a che punto è?"))
TO_READ = matters.declare("referral.to_read", _("%(body)s: %(state)s. Leggi com'è finita."))
WRITTEN = matters.declare("referral.written", _("%(body)s ha scritto."))
MOVED = matters.declare(
    "referral.moved", _("%(body)s ha accettato il trasferimento: chiudi il caso come passato ad altri.")
)
