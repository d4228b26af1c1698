"""Who may change users, teams and keys. Facts are passed in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import KEY_SCOPES, ROLE_CAPABILITIES, Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no


def may_manage_users(by: Actor) -> Verdict:
    """Users, teams and keys are the administrator's."""
    if by.can(Capability.MANAGE_USERS):
        return YES
    return forbid(_("Utenti e gruppi li gestisce chi amministra il sistema."))


def may_have_code(*, lately: int, most: int) -> Verdict:
    """A few codes an hour: who asks for more is not reading them."""
    if lately >= most:
        return no(_("Avete chiesto troppi codici."), _("Riprovate tra un'ora, oppure chiamateci."))
    return YES


def may_invite(by: Actor, *, is_known: bool) -> Verdict:
    """Invite someone whose e-mail is not in use."""
    taken = no(
        _("C'è già un utente con questo indirizzo."), _("Cercalo nell'elenco: forse è stato disattivato.")
    )
    return all_of(may_manage_users(by), taken if is_known else YES)


def may_invite_again(by: Actor, user: User) -> Verdict:
    """Send the invitation again while it has not been accepted."""
    accepted = no(_("Ha già scelto una password: può recuperarla dalla pagina di accesso."))
    closed = no(_("L'accesso è chiuso: riaprilo prima."))
    verdict = closed if not user.is_active else accepted if user.has_usable_password() else YES
    return all_of(may_manage_users(by), verdict)


def may_change_user(by: Actor, user: User, *, role: str, other_managers: int) -> Verdict:
    """Change someone, as long as somebody who manages users is left."""
    manages = Capability.MANAGE_USERS in ROLE_CAPABILITIES[user.role]
    still_manages = Capability.MANAGE_USERS in ROLE_CAPABILITIES[role]
    if manages and not still_manages and user.is_active and not other_managers:
        return all_of(may_manage_users(by), _nobody_left())
    return may_manage_users(by)


def may_deactivate(by: Actor, user: User, *, other_managers: int) -> Verdict:
    """Close someone's access: not one's own, and never the last who manages users."""
    if user.pk == by.user_id:
        return all_of(may_manage_users(by), no(_("Non puoi chiudere il tuo accesso: chiedi a un collega.")))
    if not user.is_active:
        return all_of(may_manage_users(by), no(_("L'accesso è già chiuso.")))
    if Capability.MANAGE_USERS in ROLE_CAPABILITIES[user.role] and not other_managers:
        return all_of(may_manage_users(by), _nobody_left())
    return may_manage_users(by)


def may_activate(by: Actor, user: User) -> Verdict:
    """Open someone's access again."""
    return all_of(may_manage_users(by), no(_("L'accesso è già aperto.")) if user.is_active else YES)


def may_reset_factor(by: Actor, user: User, *, has_factor: bool, reason: str) -> Verdict:
    """Take away someone's second factor, with a reason; one's own is changed from one's own page."""
    if user.pk == by.user_id:
        return all_of(may_manage_users(by), no(_("Il tuo secondo fattore lo cambi dalla tua pagina.")))
    if not has_factor:
        return all_of(may_manage_users(by), no(_("Non ha ancora un secondo fattore.")))
    if not reason.strip():
        return all_of(may_manage_users(by), no(_("Scrivi il motivo: come sai che è proprio lui o lei?")))
    return may_manage_users(by)


def may_make_key(
    by: Actor, *, scopes: Collection[str], expires_at: dt.datetime | None, now: dt.datetime
) -> Verdict:
    """Make a key for another program, with some of the scopes that keys may have."""
    if not scopes:
        return all_of(may_manage_users(by), no(_("Scegli almeno una cosa che la chiave può fare.")))
    if not set(scopes) <= set(KEY_SCOPES):
        return forbid(_("Una chiave non può vedere casi, persone o utenti."))
    if expires_at and expires_at <= now:
        return all_of(may_manage_users(by), no(_("La scadenza è già passata.")))
    return may_manage_users(by)


def may_revoke_key(by: Actor, *, is_active: bool) -> Verdict:
    """Close a key that is open."""
    return all_of(may_manage_users(by), YES if is_active else no(_("La chiave è già revocata.")))


def _nobody_left() -> Verdict:
    return no(
        _("Resterebbe nessuno che gestisce gli utenti."), _("Dai prima questo ruolo a un'altra persona.")
    )
