"""Whether a line of a table of households can be taken in."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vicinia.foundation.kernel.verdict import YES, Verdict, no


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What a line says and what is known of its dwelling: households by number, None for nobody.

    `known` says whether the number of the line is that of a household we may see, `lives_in` where that one lives
    ("" nowhere, "here", "elsewhere"); `lives_here` is who lives behind the door, `left` who has left it for the works.
    """

    number: int | None
    people: int | None
    known: bool
    lives_in: str
    lives_here: int | None
    left: int | None
    is_closed: bool


def may_take_line(facts: LineFacts) -> Verdict:
    """One household behind a door: the one that the line names, or the one that we know there."""
    if facts.number is None:
        return _unnamed(facts)
    if not facts.known:
        return no(_("Non conosciamo un nucleo con il numero %(number)s.") % {"number": facts.number})
    if facts.is_closed:
        return no(_("Il fascicolo di questo nucleo è chiuso: riaprilo."))
    if facts.left is not None and facts.left != facts.number:
        return _somebody_left(facts.left)
    if facts.lives_here is not None and facts.lives_here != facts.number and facts.left is None:
        return no(_("Qui abita il nucleo %(number)s.") % {"number": facts.lives_here})
    if facts.lives_in == "elsewhere" and facts.left is None:
        return no(_("Questo nucleo abita altrove: prima segna che è venuto a stare qui."))
    return YES


def _unnamed(facts: LineFacts) -> Verdict:
    if facts.left is not None and facts.left != facts.lives_here:
        return _somebody_left(facts.left)
    if facts.is_closed:
        return no(_("Il fascicolo di questo nucleo è chiuso: riaprilo."))
    if facts.people is None and facts.lives_here is not None:
        sentence = _("Qui abita il nucleo %(number)s: scrivi quante persone sono.")
        return no(sentence % {"number": facts.lives_here})
    return YES


def _somebody_left(number: int) -> Verdict:
    sentence = _("Da qui viene il nucleo %(number)s, che ora abita altrove: scrivi il suo numero.")
    return no(sentence % {"number": number})


def has_a_size(people: int | None) -> Verdict:
    return YES if people is not None else no(_("Scrivi quante persone sono."))


def is_one_dwelling(found: int) -> Verdict:
    if found == 1:
        return YES
    if found:
        return no(_("Più porte di questa scala si chiamano così: scrivi il codice dell'alloggio."))
    return no(_("Non troviamo questo alloggio: prima importa edifici e alloggi."))
