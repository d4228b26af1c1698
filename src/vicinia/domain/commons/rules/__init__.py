"""Who may constitute, book and promise, and when."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Verdict, forbid, no


def may_run(by: Actor) -> Verdict:
    """Who looks after participation looks after what is common too; the nightly job renews and ends."""
    if by.can(Capability.RUN_PARTICIPATION) or by.kind is ActorKind.JOB:
        return YES
    return forbid(_("Autogestioni, spazi e patti sono curati dal laboratorio e dal coordinatore."))


def is_said(words: str, sentence: str) -> Verdict:
    return YES if words.strip() else no(sentence)
