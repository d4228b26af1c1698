"""Who may read what: written down from the specification, not asked of the code that is tested."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from tests.permissions.leaks.town import Town
from vicinia.foundation.accounts import actions as accounts
from vicinia.foundation.accounts.states import KEY_SCOPES
from vicinia.foundation.notifications.models import OutboxMessage

STAFF = ("anna", "bruno", "carla", "lucia", "marco", "sara", "paolo", "petra", "vera", "dario", "ada")
KEYS = tuple(f"key {scope}" for scope in KEY_SCOPES)
OUTSIDE = ("visitor", "resident", "household", "linked", *KEYS)
READERS = (*STAFF, *OUTSIDE)
DESK = {"anna", "bruno", "carla", "lucia"}

# A corner of the town: who works there. Lucia, of the laboratory, sees nothing of the police regime.
SEES = {"own": {"anna", "carla", "lucia"}, "far": {"bruno", "carla"}, "police": {"anna", "carla"}}
IN_THE_AREA = {"own": SEES["own"], "far": SEES["far"], "police": SEES["own"]}
BODY = {"own": {"paolo"}, "far": {"petra"}, "police": set()}
RESIDENT = {"own": {"resident"}, "far": set(), "police": set()}
# Programs see what is administrative, in the areas of their key.
REPORT_KEY = {"own": {"key see_reports"}, "far": {"key see_reports"}, "police": set()}


def _corner(regime: str) -> dict[str, set[str]]:
    """The readers of what is in one corner, part by part."""
    sees, area, body = SEES[regime], IN_THE_AREA[regime], BODY[regime]
    resident, key = RESIDENT[regime], REPORT_KEY[regime]
    linked = {"linked"} if regime == "own" else set()
    return {
        "report": sees | resident | key,  # what a resident says and is told
        "place": sees | resident | key,
        "street": sees | key,
        "report file": sees | resident,
        "person": sees,  # a page opened by a link must not tell who somebody is
        "party": sees | ({"marco"} if regime != "police" else set()),
        "other": sees,  # whoever else lives there
        "me too": sees,  # what another who suffers it adds
        "staff": sees,
        "case": sees,
        "case file": sees,
        "shared": sees | body | linked,
        "told": sees | body | linked | resident,
        "closing": sees,
        "sheet": sees,
        "risk": sees,
        "measure": sees,
        "act": sees - {"lucia"},
        "asked": sees | body,
        "linked": sees | linked,
        "review": sees | resident,
        "walled": {"marco"},
        "unread": set(),  # an answer that is shown as what it means
        "meeting": area,
        "item": sees,
        "presence": area,
        "presence file": area,
        "witness": area,
        "tenant": area,
        "stop": sees,
        "alert": sees - {"lucia"},  # the laboratory decides nothing about alerts
        "stop file": sees,
    }


PUBLIC = {"places", "town published", "town said"}
MAY_READ: dict[str, set[str]] = {
    **{f"{regime} {part}": who for regime in SEES for part, who in _corner(regime).items()},
    "places": set(READERS),
    "town published": set(READERS),
    "town said": set(
        READERS
    ),  # kept encrypted, and published: approved minutes, decisions, proposals with their answer
    "town noted": set(DESK),  # of assemblies: names, drafts of minutes, corrections, how a decision goes
    "town idea file": {"carla", "lucia"},
    "town draft": {*DESK, "key see_outreach"},  # notices and events before they are out
    "town kept": set(DESK),  # what the laboratory notes for itself
    "town sign-up": {"carla", "lucia"},
    "town subscriber": set(),  # an address goes to the outbox only
    "town programme": {"carla", "lucia"},
    "town progress": {
        "carla",
        "lucia",
        "vera",
        "key see_progress",
    },  # what a programme is called and how far it is
    "town roll": {"carla", "lucia"},  # who may vote or be drawn; how anybody voted is nobody's
    "town help": {"carla", "lucia"},  # who came to the help desk, what was said and followed
    "town help file": {"carla", "lucia"},
    "town ideas": {"carla", "lucia"},  # before anybody has read them
    "town proposer": {"carla", "lucia"},
    "town works": set(DESK),  # a worksite that is not open yet, walks, what the survey says
    "town works file": set(DESK),
    "town complaint": {"carla", "lucia", "paolo"},  # Paolo's body directs the lot
    "town complainant": {"carla", "lucia"},
    "town signers": {"carla", "lucia"},  # who signs, represents without wanting to be named, or books a space
    "town consents": {"carla", "lucia"},
    "town relocations": {*DESK, "key see_mobility"},  # which dwellings are free, and why not
    "town moved houses": {*DESK, "ada", "household", "key edit_buildings", "key see_mobility"},
    "town plan": {"carla", "lucia"},  # what decides where households live
    "lucia moved": {"lucia"},  # of a household: who accompanies it and nobody else, the coordinator neither
    "lucia moved file": {"lucia"},
    "lucia told": {"lucia", "household"},
    "lucia tenant": IN_THE_AREA["own"],  # who lives there is known where people are
    "carla tenant": IN_THE_AREA["own"],
    "carla moved": {"carla"},
    "carla moved file": {"carla"},
    "carla told": {"carla"},
    "houses": {*DESK, "ada", "key edit_buildings"},
    "body casa": {*DESK, "ada", "paolo", "resident"},  # where a report was passed on to, its writer reads
    "body scuola": {*DESK, "ada", "petra"},
    "body parrocchia": {*DESK, "ada"},
    "body comando": {*DESK, "ada"},
    "people of bodies": {*DESK, "ada"},
    "agreements": {*DESK, "ada"},
    "texts": {*DESK, "ada"},  # printed on papers
    "drafts of texts": {"ada"},
    "imports": {"carla", "ada"},
    "alert groups": {*DESK - {"lucia"}, "key see_alerts"},
    "draft": set(),  # the browser that it is typed in
    "ratings": set(),
    "users": {"ada"},
    "colleagues": {*DESK, "ada"},
    "deliveries": SEES["own"],  # on the timeline of what the message was about
}


@dataclass
class Reader:
    """Somebody with a browser or a program, and the private links that they hold."""

    who: str
    client: Client
    tokens: list[str]
    headers: dict[str, str]

    @property
    def may_read(self) -> set[str]:
        return {compartment for compartment, who in MAY_READ.items() if self.who in who}


def reader(town: Town, who: str) -> Reader:
    """One of `READERS`, signed in."""
    client, tokens, headers = Client(), ["x"], {}
    if who in STAFF:
        client.force_login(getattr(town, who, None) or getattr(town.cast, who))
    elif who == "resident":
        tokens = [
            town.tokens[f"own {key}"] for key in ("waiting", "case", "closed", "review2", "aside", "passed")
        ]
    elif who == "household":
        tokens = [town.tokens["household of lucia"]]
    elif who == "linked":
        tokens = [_enter(client)]
    elif who.startswith("key "):
        details = accounts.KeyDetails(name="prova", scopes=(who.removeprefix("key "),), everywhere=True)
        headers = {"authorization": f"Api-Key {accounts.make_key(by=town.by('ada'), details=details)[1]}"}
    return Reader(who, client, tokens, headers)


def _enter(client: Client) -> str:
    """Come in by the link that was mailed to a body, with the code that follows."""
    token = _newest("referral_by_link", r"/collegamento/(\S+)")
    client.post(reverse("linked_gate", args=[token]))
    code = _newest("referral_code", r"(?m)^(\d{6})$")
    client.post(reverse("linked_code", args=[token]), {"code": code})
    return token


def _newest(template: str, wanted: str) -> str:
    for message in OutboxMessage.objects.filter(template=template).order_by("-id"):
        if message.to == "parrocchia@ente.example" and (found := re.search(wanted, message.body)):
            return found[1]
    raise AssertionError(f"no message {template} has {wanted}")
