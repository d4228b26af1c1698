"""Who may decide about messages, and when."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no
from vicinia.foundation.notifications.models import OutboxMessage
from vicinia.foundation.notifications.states import Channel, MessageState


def may_leave(channel: Channel) -> Verdict:
    """A text message needs the gateway of the town: without it there is none, and nobody is left to believe so."""
    if channel is Channel.SMS and not settings.SMS_URL:
        return no(
            _("Qui gli SMS non partono: manca il servizio che li spedisce."),
            _("Chiedi a chi gestisce il sistema di collegarlo."),
        )
    return YES


def may_see_deliveries(by: Actor) -> Verdict:
    """Deliveries are for who answers for them."""
    if by.can(Capability.SEE_DELIVERIES):
        return YES
    return forbid(_("Il tuo ruolo non comprende le consegne dei messaggi."))


def may_print_letters(by: Actor) -> Verdict:
    """Letters carry names and addresses: seeing deliveries is not enough."""
    if not by.can(Capability.REVEAL_PEOPLE):
        return forbid(_("Le lettere contengono dati delle persone, che il tuo ruolo non può vedere."))
    return may_see_deliveries(by)


def may_retry(by: Actor, message: OutboxMessage) -> Verdict:
    """Only what has been given up is tried again by hand."""
    if message.state == MessageState.DEAD:
        return may_see_deliveries(by)
    return all_of(may_see_deliveries(by), no(_("Questo messaggio non ha bisogno di essere rimandato.")))


def may_drop(by: Actor, message: OutboxMessage, reason: str) -> Verdict:
    """Giving up a message needs a reason, and the message must not be leaving at this very moment."""
    allowed = may_see_deliveries(by)
    if allowed and not reason.strip():
        return no(_("Scrivi perché il messaggio non va mandato."))
    return all_of(allowed, message.moves.may(message.state, MessageState.DROPPED))
