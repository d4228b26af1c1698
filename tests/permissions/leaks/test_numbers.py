"""No number and no page changes with what is hidden.

The town is lived in twice: first what a reader may see, then what they may not. Every page must be the same to the letter.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.permissions.leaks import doors
from tests.permissions.leaks import planted_around as around
from tests.permissions.leaks import town as towns
from tests.permissions.leaks.doors import ask
from tests.permissions.leaks.pages import page, plain_addresses
from tests.permissions.leaks.readers import Reader, reader
from tests.permissions.leaks.town import Town, corner, gather
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Twice:
    """A reader, the corners that are theirs, and those that are planted afterwards and must change nothing."""

    who: str
    theirs: tuple[str, ...]
    hidden: tuple[str, ...]


TWICE = (
    Twice("anna", ("own", "police"), ("far",)),
    Twice("lucia", ("own",), ("far", "police")),
    Twice("paolo", ("own",), ("far", "police")),
    Twice("resident", ("own",), ("far", "police")),
    Twice("visitor", ("own",), ("police",)),
)
# Numbers of the whole town that everybody may know; small ones are suppressed (statistics/tests).
OF_THE_TOWN = ("/dati", "/statistiche")
# What is published of another quarter is for everybody; of the police regime nothing is.
PUBLIC = {"/ {}", "/segnalazioni {}", "/segnalazioni/punti.json {}"}


def live(town: Town, regime: str, *, in_the_area: bool) -> None:
    """Everything that happens in a corner. What is seen by all of an area, whatever it is about, only if asked for."""
    here = corner(town, regime)
    towns.plant_reports(here)
    case = towns.plant_case(here)
    towns.plant_closed_case(here)
    towns.plant_thinking(here, case)
    towns.plant_referrals(here, case)
    towns.plant_review(here)
    if regime != "police":
        around.plant_mediation(here, case)
    if in_the_area:
        around.plant_meetings(here, case)
        around.plant_presence(here, case)
        around.plant_households(here)


def everything(town: Town, who: Reader, rows: dict[str, list[str]]) -> dict[str, str]:
    """All pages about no row, with what is chosen there, and those of the rows that this reader has."""
    found = {}
    addresses = [(address, {}) for address in plain_addresses() if not address.startswith(OF_THE_TOWN)]
    addresses += [("/in-arrivo", {"vista": view}) for view in ("tutte", "da-assegnare", "mie", "scadute")]
    addresses += [("/casi", {"vista": view}) for view in ("aperti", "chiusi", "miei")]
    for name in doors.PAGES_OF_A_ROW:
        addresses += [(f"/{name}/{row}", {}) for row in rows[name]]
    for address, chosen in addresses:
        answer = ask(who, "get", address, chosen)
        if answer.status == 200:
            found[f"{address} {chosen}"] = page(answer)
    return found


@pytest.mark.parametrize("twice", TWICE, ids=lambda twice: twice.who)
def test_no_page_changes_with_what_is_hidden(twice: Twice) -> None:
    """The town is lived in twice: when what is hidden has been added, this reader's pages are the same to the letter."""
    now = clock.now()
    with clock.at(now):
        town = gather()
        for regime in twice.theirs:
            live(town, regime, in_the_area=True)
        rows = doors.values(town)
        who = reader(town, twice.who)
        before = everything(town, who, rows)
        for regime in twice.hidden:
            live(town, regime, in_the_area=regime == "far" or "far" in twice.theirs)
        after = everything(town, who, rows)
    assert len(before) > 10
    changed = {address for address in before if before[address] != after.get(address)}
    if twice.hidden != ("police",):
        changed -= PUBLIC
    assert not changed, f"{twice.who} can tell from {changed} that something hidden has happened"
