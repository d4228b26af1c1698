"""How a message travels, and why it may not arrive."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.moves import Moves


class Channel(models.TextChoices):
    """The way a message reaches somebody."""

    EMAIL = "email", _("e-mail")
    SMS = "sms", _("SMS")
    LETTER = "letter", _("lettera")
    CONSOLE = "console", _("schermo del server")


class MessageState(models.TextChoices):
    """Where a message is."""

    QUEUED = "queued", _("in attesa")
    SENDING = "sending", _("in partenza")
    RETRYING = "retrying", _("si riprova")
    TO_PRINT = "to_print", _("da stampare")
    SENT = "sent", _("consegnato")
    DEAD = "dead", _("non consegnato")
    DROPPED = "dropped", _("lasciato cadere")


MESSAGE_MOVES = Moves(
    "message",
    MessageState,
    {
        MessageState.QUEUED: (MessageState.SENDING, MessageState.DROPPED),
        MessageState.SENDING: (MessageState.SENT, MessageState.RETRYING, MessageState.DEAD),
        MessageState.RETRYING: (MessageState.SENDING, MessageState.DROPPED),
        MessageState.TO_PRINT: (MessageState.SENT, MessageState.DROPPED),
        MessageState.DEAD: (MessageState.QUEUED, MessageState.DROPPED),
        MessageState.SENT: (),
        MessageState.DROPPED: (),
    },
)
WAITING_STATES = (MessageState.QUEUED, MessageState.RETRYING)
FINISHED_STATES = (MessageState.SENT, MessageState.DROPPED)


class Failure(models.TextChoices):
    """Why a delivery failed. The words of the server are not kept: they often repeat the address."""

    UNREACHABLE = "unreachable", _("Il server che spedisce non risponde.")
    NOT_TRUSTED = "not_trusted", _("Il server che spedisce non accetta le nostre credenziali.")
    BAD_ADDRESS = "bad_address", _("L'indirizzo o il numero non esiste o non riceve messaggi.")
    REFUSED = "refused", _("Il server che spedisce ha rifiutato il messaggio.")
    LATER = "later", _("Il server che spedisce chiede di riprovare più tardi.")
    INTERRUPTED = "interrupted", _("La consegna si è interrotta a metà.")
    UNFORESEEN = (
        "unforeseen",
        _("È successo qualcosa di imprevisto; i dettagli sono nel registro del server."),
    )


WHAT_TO_DO = {
    Failure.UNREACHABLE: _(
        "Controlla con chi gestisce la posta o gli SMS che il server sia acceso, poi riprova."
    ),
    Failure.NOT_TRUSTED: _("Chiedi a chi gestisce il sistema di controllare le impostazioni di posta e SMS."),
    Failure.BAD_ADDRESS: _("Chiedi alla persona un altro recapito, poi lascia cadere questo messaggio."),
    Failure.REFUSED: _("Riprova; se succede ancora, avvisa la persona in un altro modo."),
    Failure.LATER: _("Riprova tra qualche ora."),
    Failure.INTERRUPTED: _("Riprova."),
    Failure.UNFORESEEN: _("Riprova; se succede ancora, avvisa chi gestisce il sistema."),
}
PERMANENT = frozenset({Failure.BAD_ADDRESS})
