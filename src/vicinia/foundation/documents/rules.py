"""Who may change the text of a document, and when. Pure: the facts come in."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents.kinds import Audience, DocumentKind
from vicinia.foundation.documents.models import DocumentText
from vicinia.foundation.documents.states import OUR_LANGUAGES, RESIDENT_TEXT_LANGUAGES, TextState
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no


def may_edit(by: Actor) -> Verdict:
    """Texts are the administrator's."""
    if by.can(Capability.MANAGE_SETTINGS):
        return YES
    return forbid(_("I testi dei documenti li cambia chi gestisce le impostazioni."))


def languages_for(kind: DocumentKind) -> tuple[str, ...]:
    """The languages in which a kind can be written: many for who lives here, two for offices."""
    return RESIDENT_TEXT_LANGUAGES if kind.audience == Audience.RESIDENT else OUR_LANGUAGES


def may_write_in(by: Actor, kind: DocumentKind, language: str) -> Verdict:
    """Whether a kind has a text in this language."""
    if language not in languages_for(kind):
        return no(_("Questo documento non si scrive in questa lingua."))
    return may_edit(by)


def is_sound(faults: Sequence[object]) -> Verdict:
    """A text goes into use only without faults; the first is said."""
    return no(str(faults[0])) if faults else YES


def may_drop(by: Actor, text: DocumentText) -> Verdict:
    """Only a draft can be dropped."""
    if text.state != TextState.DRAFT:
        return all_of(may_edit(by), no(_("Non è più una bozza.")))
    return may_edit(by)


def may_publish(by: Actor, text: DocumentText, *, faults: Sequence[object], in_use: str) -> Verdict:
    """A draft without faults, that differs from the text `in_use`."""
    return all_of(
        may_drop(by, text),
        is_sound(faults),
        no(_("È già il testo in uso.")) if text.source == in_use and not text.is_reviewed else YES,
    )


def may_restore(by: Actor, text: DocumentText, *, faults: Sequence[object]) -> Verdict:
    """A version that was in use once, and that the document can still be made with."""
    if text.state != TextState.REPLACED:
        return all_of(may_edit(by), no(_("Si rimette in uso solo una versione che lo è già stata.")))
    return all_of(may_edit(by), is_sound(faults))


def may_withdraw(by: Actor, text: DocumentText | None) -> Verdict:
    """Going back to our text, or to Italian where we wrote none: a text of the town's is in use."""
    if text is None:
        return all_of(may_edit(by), no(_("È già in uso il testo di partenza.")))
    return may_edit(by)
