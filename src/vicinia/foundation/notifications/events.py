"""What can happen to messages, in the timeline of what they are about."""

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.journal.events import declare

MESSAGE_DEAD = declare("message.dead", _("Un messaggio a %(to)s non è stato consegnato."), group="messages")
MESSAGE_RETRIED = declare(
    "message.retried", _("Si riprova a mandare il messaggio a %(to)s."), group="messages"
)
MESSAGE_DROPPED = declare("message.dropped", _("Il messaggio a %(to)s non sarà mandato."), group="messages")
LETTER_POSTED = declare("message.posted", _("Una lettera è stata stampata e spedita."), group="messages")
MESSAGES_FORGOTTEN = declare(
    "message.forgotten", _("I messaggi non ancora partiti sono stati cancellati."), group="messages"
)
