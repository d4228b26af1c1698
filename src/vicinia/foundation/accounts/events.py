"""What happens to users, teams and keys."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

INVITED = declare("user.invited", _("%(by)s ha invitato %(name)s come %(role)s."))
INVITED_AGAIN = declare("user.invited_again", _("%(by)s ha mandato di nuovo l'invito."))
JOINED = declare("user.joined", _("%(by)s ha accettato l'invito e scelto la password."))
CHANGED = declare("user.changed", _("%(by)s ha cambiato ruolo, gruppi o dati: %(changes)s."))
DEACTIVATED = declare("user.deactivated", _("%(by)s ha chiuso l'accesso."))
ACTIVATED = declare("user.activated", _("%(by)s ha riaperto l'accesso."))
FACTOR_RESET = declare("user.factor_reset", _("%(by)s ha tolto il secondo fattore."))
FACTOR_ADDED = declare("user.factor_added", _("%(by)s ha aggiunto un secondo fattore: %(factor)s."))
FACTOR_REMOVED = declare("user.factor_removed", _("%(by)s ha tolto un secondo fattore: %(factor)s."))
SIGNED_IN = declare("user.signed_in", _("%(by)s ha fatto l'accesso."))
SIGNED_OUT_EVERYWHERE = declare("user.signed_out_everywhere", _("%(by)s ha chiuso tutte le sessioni."))
PASSWORD_CHANGED = declare("user.password_changed", _("%(by)s ha cambiato la password."))

TEAM_MADE = declare("team.made", _("%(by)s ha creato il gruppo %(name)s."))
TEAM_CHANGED = declare("team.changed", _("%(by)s ha cambiato il gruppo %(name)s."))

KEY_MADE = declare("key.made", _("%(by)s ha creato la chiave %(name)s."))
KEY_REVOKED = declare("key.revoked", _("%(by)s ha revocato la chiave %(name)s."))
